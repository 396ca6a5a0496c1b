// Without a connection: one page with the telephone number. Prices and what was looked up are never kept.
"use strict";
const PAGE = "/offline";
const FILES = {{ kept | tojson }};
const NAME = `offline ${FILES.join(" ")}`;

self.addEventListener("install", (event) => {
  // Without cookies: the page that is kept knows nobody's place.
  const page = new Request(PAGE, { credentials: "omit", cache: "reload" });
  event.waitUntil(
    caches.open(NAME).then((kept) => kept.addAll([page, ...FILES])).then(() => self.skipWaiting()),
  );
});

self.addEventListener("activate", (event) => {
  const old = (names) => names.filter((name) => name !== NAME).map((name) => caches.delete(name));
  event.waitUntil(caches.keys().then((names) => Promise.all(old(names))).then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  const { pathname, search } = new URL(request.url);
  // The network first, always; what is kept stands in only where there is none.
  if (request.mode === "navigate") event.respondWith(fetch(request).catch(() => caches.match(PAGE)));
  else if (FILES.includes(pathname + search)) event.respondWith(fetch(request).catch(() => caches.match(request)));
});
