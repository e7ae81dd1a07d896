// The phone's page without signal: its parts are kept, and it opens from there. Everything else passes by untouched.
// What it is made of, and the version, stand in self.shell, which the portal writes.
"use strict";

const kept = `visit-phone-${self.shell.version}`;

async function keep() {
  const cache = await caches.open(kept);
  await cache.addAll(self.shell.parts);
  const page = await fetch(self.shell.page, { cache: "no-store" });
  // Led to sign-in: there is nothing to keep yet.
  if (!page.ok || page.redirected) throw new Error("the page did not come");
  await cache.put(self.shell.page, page);
  await self.skipWaiting();
}

async function drop() {
  for (const name of await caches.keys()) {
    if (name.startsWith("visit-phone-") && name !== kept) await caches.delete(name);
  }
  await self.clients.claim();
}

// The page holds nothing of anybody and changes with its version alone: kept is as good as fetched, and at once.
async function answer(request, place) {
  const cache = await caches.open(kept);
  return await cache.match(place) ?? fetch(request);
}

self.addEventListener("install", (event) => event.waitUntil(keep()));
self.addEventListener("activate", (event) => event.waitUntil(drop()));
self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== self.location.origin) return;
  const isPage = url.pathname === self.shell.page && event.request.mode === "navigate";
  const place = isPage ? self.shell.page : url.pathname + url.search;
  if (isPage || self.shell.parts.includes(place)) event.respondWith(answer(event.request, place));
});
