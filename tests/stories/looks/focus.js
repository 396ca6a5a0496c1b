// What has the focus, how its ring is drawn, whether it can be seen and lies on top.
() => {
  const at = document.activeElement;
  if (!at || at === document.body) return null;
  const drawn = at.matches(".choice input") ? at.nextElementSibling : at;
  const { outlineStyle, outlineWidth } = getComputedStyle(drawn);
  const { left, top, right, bottom } = drawn.getBoundingClientRect();
  const over = document.elementFromPoint((left + right) / 2, Math.min((top + bottom) / 2, innerHeight - 1));
  return {
    name: at.tagName + "." + at.className + " " + (at.innerText || at.value || "").trim().slice(0, 20),
    ringed: outlineStyle !== "none" && parseFloat(outlineWidth) >= 2,
    inside: bottom > 0 && top < innerHeight && right > 0 && left < innerWidth,
    covered: Boolean(over) && !drawn.contains(over) && !over.contains(drawn) && over !== at,
    left, top, bottom: bottom + scrollY, place: top + scrollY,
  };
}
