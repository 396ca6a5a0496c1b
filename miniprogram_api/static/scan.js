// Reads the code in a photograph, where the browser can do it by itself; the picture goes nowhere.
"use strict";
(() => {
  const box = document.querySelector("[data-photo]");
  if (!box || !window.BarcodeDetector) return;
  const told = box.querySelector("[role=status]");
  const field = document.getElementById("code");
  const NOTHING = "没有认出码。请拍近一点、拍清楚，或照着数字填。";
  box.hidden = false;
  box.querySelector("input").addEventListener("change", async ({ target }) => {
    const [photo] = target.files;
    if (!photo) return;
    told.textContent = "正在认码……";
    try {
      const picture = await createImageBitmap(photo);
      const [found] = await new window.BarcodeDetector().detect(picture);
      picture.close();
      told.textContent = found ? "认出来了，请点“查”。" : NOTHING;
      if (found) field.value = found.rawValue;
    } catch {
      told.textContent = NOTHING;
    }
    target.value = "";
    field.focus();
  });
})();
