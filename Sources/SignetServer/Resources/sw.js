// Keeps the page, the trust list and the status lists for when there is no network. The network comes first:
// what is kept is used only when nothing else can be had, and then says since when it has been kept.

const shelf = "signet";
const page = "/c";
const assets = [
  "inputs.js", "inputs-texts.js", "seal.js", "status.js", "texts.js", "trust.js", "verify.js",
].map((name) => `/assets/${name}`);
const keptSince = "X-Signet-Kept-Since";

const isList = (path) => path === "/trust/list" || /^\/(status\/[0-9]+|trust\/recorded\/[0-9a-f]+)$/.test(path);

async function keep(path, response) {
  const headers = new Headers(response.headers);
  headers.set(keptSince, new Date().toISOString());
  // What is kept is plain, whatever it came in.
  headers.delete("Content-Encoding");
  headers.delete("Content-Length");
  const store = await caches.open(shelf);
  await store.put(path, new Response(await response.blob(), { headers }));
}

async function fetchAndKeep(path, request) {
  // A list out of the browser's own cache would pass for one fetched now.
  const response = await (isList(path) ? fetch(path, { cache: "no-store" }) : fetch(request));
  // Where there is no room to keep it, it still is the answer.
  if (response.ok) await keep(path, response.clone()).catch(() => {});
  return response;
}

/** What a proxy says while the server behind it is away. */
const isAway = ({ status }) => status >= 502 && status <= 504;

async function answer(path, request) {
  const fresh = await fetchAndKeep(path, request).catch((error) => error);
  const isAnswer = fresh instanceof Response;
  // A server that answers itself, if only with an error, is not overruled.
  if (isAnswer && !isAway(fresh)) return fresh;
  const kept = await caches.open(shelf).then((store) => store.match(path)).catch(() => undefined);
  if (kept) return kept;
  if (isAnswer) return fresh;
  throw fresh;
}

/** All lists that the publisher names, so that a certificate can be checked offline that was never seen before. */
async function keepStatusLists() {
  const { status_lists: addresses } = await (await fetch("/status")).json();
  const paths = addresses.map((address) => new URL(address).pathname).filter(isList);
  await Promise.all(paths.map((path) => fetchAndKeep(path, path)));
}

self.addEventListener("install", (event) => {
  const paths = [page, ...assets, "/trust/list"];
  const kept = Promise.all(paths.map((path) => fetchAndKeep(path, path)));
  // Without status lists the page still opens, and says what it could not check.
  event.waitUntil(kept.then(() => keepStatusLists().catch(() => {})).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  const isPage = request.mode === "navigate" && /^\/(c([/%].*)?)?$/i.test(pathname);
  if (isPage) event.respondWith(answer(page, request));
  else if (assets.includes(pathname) || isList(pathname)) event.respondWith(answer(pathname, request));
});
