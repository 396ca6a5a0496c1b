// What a page shows, measured in the browser: letters, colours, targets, what overlaps, what is cut.
() => {
  const seen = (element) => {
    if (element.closest(".unseen, .skip, [hidden], datalist, option, .print-only")) return false;
    const style = getComputedStyle(element);
    return style.visibility === "visible" && style.opacity !== "0" && element.checkVisibility();
  };
  const name = (element) => {
    const kind = (element.getAttribute("class") || "").trim().replace(/\s+/g, ".");
    return element.tagName.toLowerCase() + (kind && `.${kind}`);
  };
  const where = (element) => [element.parentElement, element].filter(Boolean).map(name).join(" > ");

  // A row that is pushed aside with the finger shows the rest of itself that way.
  const isInScroller = (element) => {
    for (let one = element; one && one !== document.body; one = one.parentElement) {
      const pushed = ["auto", "scroll"].includes(getComputedStyle(one).overflowX);
      if (pushed && one.scrollWidth > one.clientWidth) return true;
    }
    return false;
  };

  // Colours.
  const read = (colour) => {
    const [r, g, b, a = 1] = colour.match(/[\d.]+/g).map(Number);
    return { r, g, b, a };
  };
  const over = (top, under) => {
    const mix = (x, y) => x * top.a + y * (1 - top.a);
    return { r: mix(top.r, under.r), g: mix(top.g, under.g), b: mix(top.b, under.b), a: 1 };
  };
  const behind = (element) => {
    const disc = element.closest("svg.seal")?.querySelector(".seal-disc");
    if (disc) return read(getComputedStyle(disc).fill);
    const layers = [], svg = element.closest("svg");
    if (svg) {
      const { left, right, top, bottom } = element.getBoundingClientRect();
      const [x, y] = [(left + right) / 2, (top + bottom) / 2];
      const under = [...svg.querySelectorAll("circle, rect, path")].filter((shape) => {
        const box = shape.getBoundingClientRect(), after = shape.compareDocumentPosition(element) & 4;
        return after && box.left <= x && x <= box.right && box.top <= y && y <= box.bottom;
      });
      for (const shape of under.reverse()) {
        const { fill, fillOpacity } = getComputedStyle(shape);
        if (fill === "none") continue;
        const colour = read(fill);
        colour.a *= Number(fillOpacity);
        if (colour.a > 0) layers.push(colour);
        if (colour.a === 1) return layers.reduceRight((low, high) => over(high, low));
      }
    }
    for (let one = element; one; one = one.parentElement) {
      const colour = read(getComputedStyle(one).backgroundColor);
      if (colour.a > 0) layers.push(colour);
      if (colour.a === 1) break;
    }
    return layers.reduceRight((under, top) => over(top, under), { r: 255, g: 255, b: 255, a: 1 });
  };
  const light = ({ r, g, b }) => {
    const [x, y, z] = [r, g, b].map((v) => v / 255).map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const contrast = (front, back) => {
    const [high, low] = [light(over(front, back)), light(back)].sort((a, b) => b - a);
    return (high + 0.05) / (low + 0.05);
  };

  // Every piece of text that is seen, line by line.
  const texts = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode, element = node.parentElement;
    if (!node.data.trim() || !seen(element) || element.closest("script, style, noscript")) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const rects = [...range.getClientRects()].filter(({ width, height }) => width > 1 && height > 1);
    if (!rects.length) continue;
    const style = getComputedStyle(element), svg = element.closest("svg");
    const scale = svg && element.getScreenCTM ? element.getScreenCTM().a : 1;
    const size = parseFloat(style.fontSize) * scale;
    const tops = new Set(rects.map(({ top }) => Math.round(top)));
    texts.push({
      words: node.data.trim().slice(0, 24), where: where(element), size,
      line: style.lineHeight === "normal" ? 1.3 : parseFloat(style.lineHeight) / parseFloat(style.fontSize),
      lines: tops.size, scrolls: Boolean(svg) || isInScroller(element),
      contrast: contrast(read(svg ? style.fill : style.color), behind(element)),
      rects: rects.map(({ left, top, right, bottom }) => [left, top, right, bottom]),
    });
  }
  for (const field of document.querySelectorAll("input[placeholder]")) {
    if (!seen(field)) continue;
    const style = getComputedStyle(field, "::placeholder");
    texts.push({
      words: field.placeholder, where: where(field), size: parseFloat(style.fontSize), line: 1.5, lines: 1,
      contrast: contrast(read(style.color), behind(field)), rects: [],
    });
  }

  // Everything that can be pressed. A choice is pressed by its label, a link in a sentence is "inline".
  const targets = [];
  for (const element of document.querySelectorAll("a[href], button, input, select, textarea, summary, svg a")) {
    if (element.type === "hidden" || !element.checkVisibility() || element.closest(".unseen, .skip, [hidden]")) continue;
    const pressed = element.closest("label.choice") || element;
    const { width, height } = pressed.getBoundingClientRect();
    const inline = getComputedStyle(element).display === "inline";
    const words = (element.innerText || element.value || element.name || "").trim().slice(0, 24);
    targets.push({ words, where: where(element), width, height, inline });
  }

  // Texts that lie on one another: found from top to bottom, so that each meets only its neighbours.
  const boxes = texts.flatMap((text) => text.rects.map((rect) => ({ text, rect }))).sort((a, b) => a.rect[1] - b.rect[1]);
  const overlaps = [];
  boxes.forEach((one, at) => {
    for (let next = at + 1; next < boxes.length && boxes[next].rect[1] < one.rect[3] - 4; next += 1) {
      const [left, top, right, bottom] = one.rect, other = boxes[next].rect;
      const wide = Math.min(right, other[2]) - Math.max(left, other[0]);
      const tall = Math.min(bottom, other[3]) - Math.max(top, other[1]);
      // A letter's box is taller than its line: a fifth of it may reach into the next.
      const may = Math.max(5, 0.2 * Math.min(bottom - top, other[3] - other[1]));
      if (boxes[next].text !== one.text && wide > 2 && tall > may) overlaps.push([one.text, boxes[next].text].map((t) => `${t.where} ${t.words}`));
    }
  });

  // What is cut: text that reaches beyond a box that hides what is beyond it, or beyond the window.
  const cut = [];
  for (const element of document.querySelectorAll("body *")) {
    if (!seen(element) || element.closest(".unseen")) continue;
    const { overflowX, overflowY } = getComputedStyle(element);
    const hides = [overflowX, overflowY].some((way) => way === "hidden" || way === "clip");
    if (hides && !element.matches("input, .bits, svg") && element.scrollWidth > element.clientWidth + 1) cut.push(where(element));
  }
  for (const text of texts) {
    if (!text.scrolls && text.rects.some(([left, , right]) => left < -1 || right > innerWidth + 1)) cut.push(`${text.where} ${text.words}`);
  }
  const root = document.documentElement;
  return { texts: texts.map(({ rects, ...text }) => text), targets, overlaps, cut, wide: root.scrollWidth - root.clientWidth };
}
