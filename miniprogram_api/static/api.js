// Draws the API's description with the installed Swagger UI; nothing is asked of anybody else.
"use strict";
window.addEventListener("load", () => {
  const place = document.getElementById("api");
  window.SwaggerUIBundle({ url: place.dataset.url, domNode: place, validatorUrl: null, deepLinking: true });
});
