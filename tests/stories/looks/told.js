// What a page tells a screen reader as a whole.
() => ({
  lang: document.documentElement.lang, title: document.title, path: location.pathname + location.search,
  zoom: document.querySelector("meta[name=viewport]").content,
  heads: [...document.querySelectorAll("h1, h2, h3, h4")].filter((h) => h.checkVisibility()).map((h) => Number(h.tagName[1])),
  marks: ["header", "main", "footer"].map((name) => document.querySelectorAll(`body > ${name}`).length),
  seals: [...document.querySelectorAll("main svg.seal")].map((seal) => seal.closest("article, li, main").innerText.includes("三进")),
})
