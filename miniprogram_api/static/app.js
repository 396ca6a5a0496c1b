// Comforts for the residents' pages; every page works without this file.
"use strict";
(() => {
  const PAUSE_MS = 160;
  const ask = async (url, signal) => {
    const answer = await fetch(url, { signal, headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.json();
  };

  // Suggestions under a search field: the ARIA combobox with a list; focus never leaves the field.
  function suggest(field) {
    const form = field.form;
    const list = document.createElement("ul");
    const told = document.createElement("p");
    let items = [], active = -1, timer = 0, flight = null, composing = false;
    list.id = `${field.id}-list`;
    list.className = "suggest";
    list.hidden = true;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", "建议");
    told.className = "unseen";
    told.setAttribute("role", "status");
    form.append(list, told);
    for (const [name, value] of Object.entries({
      role: "combobox", "aria-autocomplete": "list", "aria-controls": list.id, "aria-expanded": "false",
    })) field.setAttribute(name, value);

    function close() {
      clearTimeout(timer);
      if (flight) flight.abort();
      list.hidden = true;
      active = -1;
      field.setAttribute("aria-expanded", "false");
      field.removeAttribute("aria-activedescendant");
    }
    function mark(index) {
      active = index;
      [...list.children].forEach((row, at) => row.setAttribute("aria-selected", String(at === index)));
      const row = list.children[index];
      if (!row) return field.removeAttribute("aria-activedescendant");
      field.setAttribute("aria-activedescendant", row.id);
      return row.scrollIntoView({ block: "nearest" });
    }
    function choose(item) {
      close();
      const code = encodeURIComponent(item.code || "");
      if (item.category) return location.assign(`/search?category=${encodeURIComponent(item.category)}`);
      const near = form.elements.near && form.elements.near.value;
      if (code) return location.assign(item.kind === "outlet" ? `/outlets/${code}` : `/offers?drug=${code}${near ? `&near=${near}` : ""}`);
      field.value = item.words;
      return form.requestSubmit();
    }
    // What answers the letters typed stands in <mark>; one who listens hears the name in one piece.
    function named(item) {
      const name = document.createElement("b");
      name.append(...item.parts.map(({ text, hit }) => {
        if (!hit) return text;
        const found = document.createElement("mark");
        found.textContent = text;
        return found;
      }));
      return name;
    }
    function row(item, at) {
      const line = document.createElement("li");
      const detail = document.createElement("span");
      line.id = `${list.id}-${at}`;
      line.setAttribute("role", "option");
      line.setAttribute("aria-selected", "false");
      line.setAttribute("aria-label", [item.text.replace(" → ", "，就是"), item.note].filter(Boolean).join("，"));
      detail.textContent = item.note;
      line.append(named(item), detail);
      line.addEventListener("pointerdown", (event) => event.preventDefault());
      line.addEventListener("click", () => choose(item));
      return line;
    }
    function show(found) {
      items = found;
      list.replaceChildren(...items.map(row));
      list.hidden = !items.length;
      active = -1;
      field.removeAttribute("aria-activedescendant");
      field.setAttribute("aria-expanded", String(items.length > 0));
      told.textContent = items.length ? `${items.length} 条建议，按上下键选` : "";
    }
    async function look() {
      const words = field.value.trim();
      if (flight) flight.abort();
      if (!words) return close();
      flight = new AbortController();
      const { signal } = flight;
      try {
        const found = await ask(`${field.dataset.suggest}?q=${encodeURIComponent(words)}`, signal);
        if (!signal.aborted && document.activeElement === field) show(found.items || []);
      } catch (error) {
        // Without suggestions the field is still a field.
        if (error.name !== "AbortError") close();
      }
      return null;
    }
    function later() {
      clearTimeout(timer);
      if (!composing) timer = setTimeout(look, PAUSE_MS);
    }
    field.addEventListener("compositionstart", () => { composing = true; });
    field.addEventListener("compositionend", () => { composing = false; later(); });
    field.addEventListener("input", later);
    field.addEventListener("blur", close);
    form.addEventListener("submit", close);
    field.addEventListener("keydown", (event) => {
      if (event.isComposing) return;
      if (event.key === "Escape" && !list.hidden) { event.preventDefault(); close(); }
      else if (list.hidden && event.key === "ArrowDown") look();
      else if (list.hidden) return;
      else if (event.key === "ArrowDown") { event.preventDefault(); mark((active + 1) % items.length); }
      else if (event.key === "ArrowUp") { event.preventDefault(); mark((active < 1 ? items.length : active) - 1); }
      else if (event.key === "Enter" && active >= 0) { event.preventDefault(); choose(items[active]); }
    });
  }

  // "用我的位置": only on a tap; the browser speaks WGS-84 and we keep about a hundred metres of it.
  const NO_POSITION = { 1: "您没有同意用位置。可以在下面选区县。", 2: "手机没有给出位置。可以在下面选区县。", 3: "等了太久还没有位置。可以在下面选区县。" };
  function here(form) {
    form.hidden = !navigator.geolocation || !window.isSecureContext;
    form.classList.add("can");
    const button = form.querySelector("button");
    const told = form.querySelector("[role=status]");
    button.addEventListener("click", () => {
      button.disabled = true;
      told.textContent = "正在取位置……";
      navigator.geolocation.getCurrentPosition(
        ({ coords }) => {
          form.elements.lat.value = coords.latitude.toFixed(3);
          form.elements.lon.value = coords.longitude.toFixed(3);
          form.submit();
        },
        (error) => { button.disabled = false; told.textContent = NO_POSITION[error.code] || NO_POSITION[2]; },
        { enableHighAccuracy: false, timeout: 10000, maximumAge: 300000 },
      );
    });
  }

  // The filter sheet: the button tells how many results the choices would leave.
  function sheet(details) {
    const form = details.querySelector("form");
    const total = form.querySelector("[data-total]");
    const summary = details.querySelector("summary");
    const told = document.createElement("p");
    let flight = null;
    told.className = "unseen";
    told.setAttribute("role", "status");
    form.append(told);
    const shut = () => { details.open = false; summary.focus(); };
    form.addEventListener("change", async () => {
      if (flight) flight.abort();
      flight = new AbortController();
      const asked = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
      asked.set("page_size", "1");
      if (asked.get("badge") === "all") asked.delete("badge");
      if (form.dataset.lat && !asked.get("district")) { asked.set("lat", form.dataset.lat); asked.set("lon", form.dataset.lon); }
      try {
        total.textContent = (await ask(`${form.dataset.count}?${asked}`, flight.signal)).total;
        told.textContent = `${total.textContent} 个结果`;
      } catch (error) {
        if (error.name !== "AbortError") total.textContent = "";
      }
    });
    form.querySelector("[data-close]").addEventListener("click", (event) => { event.preventDefault(); shut(); });
    details.addEventListener("keydown", (event) => { if (event.key === "Escape" && details.open) shut(); });
    document.addEventListener("click", (event) => { if (details.open && !details.contains(event.target)) details.open = false; });
  }

  // Handing the page on: the phone's own sheet, else the clipboard; without either the address stands there.
  function share(button) {
    const told = button.parentElement.querySelector("[data-shared]");
    const copies = navigator.clipboard && window.isSecureContext;
    if (!navigator.share && !copies) return;
    if (!navigator.share) button.textContent = "复制网址";
    button.hidden = false;
    button.addEventListener("click", async () => {
      try {
        if (navigator.share) return await navigator.share({ title: document.title, url: location.href });
        await navigator.clipboard.writeText(location.href);
        told.textContent = "网址已复制，可以粘贴给别人。";
      } catch (error) {
        // Whoever closed the sheet has changed his mind.
        if (error.name !== "AbortError") told.textContent = "没有复制成，请长按下面的网址。";
      }
      return null;
    });
  }

  // Without a connection one page still opens; it holds the telephone number and no price.
  function keepOnePage() {
    if (!navigator.serviceWorker || !window.isSecureContext) return;
    // The only script this page may name beside its own.
    const worker = window.trustedTypes
      ? window.trustedTypes.createPolicy("sanjin", { createScriptURL: () => "/sw.js" }).createScriptURL("")
      : "/sw.js";
    navigator.serviceWorker.register(worker).catch(() => {});
  }

  keepOnePage();

  document.querySelectorAll("button[data-share]").forEach(share);
  document.querySelectorAll("input[data-suggest]").forEach(suggest);
  document.querySelectorAll("form[data-here]").forEach(here);
  document.querySelectorAll("details.sheet").forEach(sheet);
})();
