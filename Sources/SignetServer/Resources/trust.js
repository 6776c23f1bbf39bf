// The trust list (docs/formats/trust-list.md): fetched, its signature checked under the pinned root,
// then read. Also the signature check itself, which seals share.

import { hexadecimal } from "./seal.js";

/** A reason code for which a check cannot be made. */
export class TrustError extends Error {
  constructor(code) {
    super(code);
    this.code = code;
  }
}

const invalid = () => {
  throw new TrustError("trust-list-invalid");
};

const ecPrefix = "3059301306072a8648ce3d0201";

/** By the name in a key's record. `spki` is the DER that stands before the key's own bytes. */
const algorithms = {
  ES256: {
    kty: "EC", crv: "P-256", cose: [-7, -9], spki: `${ecPrefix}06082a8648ce3d03010703420004`,
    key: { name: "ECDSA", namedCurve: "P-256" }, signature: { name: "ECDSA", hash: "SHA-256" },
  },
  EdDSA: {
    kty: "OKP", crv: "Ed25519", cose: [-8, -19], spki: "302a300506032b6570032100",
    key: { name: "Ed25519" }, signature: { name: "Ed25519" },
  },
  // No browser has SM2: its keys are known here, its signatures are not checked.
  SM2: { kty: "EC", crv: "SM2", cose: [-70256], spki: `${ecPrefix}06082a811ccf5501822d03420004` },
};

/** Whether a seal may carry this COSE algorithm under a key of this record. */
export const acceptsAlgorithm = (key, alg) => algorithms[key.alg].cose.includes(alg);

/** Whether the signature is right; throws `algorithm-unsupported` where the browser cannot tell. */
export async function isSignedBy({ alg, jwk }, signature, bytes) {
  const algorithm = algorithms[alg];
  // `crypto.subtle` is missing on pages that did not come over https.
  const subtle = globalThis.crypto?.subtle;
  if (!algorithm?.key || !subtle) throw new TrustError("algorithm-unsupported");
  const { kty, crv, x, y } = jwk;
  let key;
  try {
    key = await subtle.importKey("jwk", { kty, crv, x, y }, algorithm.key, false, ["verify"]);
  } catch (error) {
    throw new TrustError(error.name === "NotSupportedError" ? "algorithm-unsupported" : "trust-list-invalid");
  }
  return subtle.verify(algorithm.signature, key, signature, bytes);
}

/**
 * The published list, or a TrustError. Without a network it is the one that the service worker kept, and
 * then has `keptSince`; else `servedAt` is the server's time in seconds since 1970, where it says one.
 */
export async function fetchTrustList(config) {
  let keptSince;
  let servedAt;
  const jws = await fetchText("/trust/list", {}, (headers) => {
    keptSince = headers.get("X-Signet-Kept-Since");
    servedAt = Math.floor(Date.parse(headers.get("Date")) / 1000) || undefined;
  }).catch(() => {
    // Offline, refused or too slow: all the same to the person asking.
    throw new TrustError("trust-list-unavailable");
  });
  const list = await openTrustList(jws, config);
  requireNoOlder(list, newestTrustSeen(config));
  rememberNewest(config, list);
  return keptSince ? { ...list, keptSince: new Date(keptSince) } : { ...list, servedAt };
}

/** The body of a good answer that comes in time; throws otherwise. */
export const fetchText = (path, options, readHeaders = () => {}) =>
  fetchBody(path, options, (response) => {
    readHeaders(response.headers);
    return response.text();
  });

const fetchBytes = (path) =>
  fetchBody(path, {}, async (response) => new Uint8Array(await response.arrayBuffer()));

async function fetchBody(path, options, read) {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), 15_000);
  try {
    const response = await fetch(path, {
      ...options, cache: "no-store", credentials: "same-origin", signal: controller.signal,
    });
    if (!response.ok) throw new Error(`status ${response.status}`);
    return await read(response);
  } finally {
    clearTimeout(timer);
  }
}

async function openTrustList(jws, { root, rootAlg, rootKid }) {
  const parts = jws.trimEnd().split(".");
  if (parts.length !== 3) invalid();
  checkHeader(parseJSON(parts[0]), rootAlg, rootKid);
  const signed = new TextEncoder().encode(`${parts[0]}.${parts[1]}`);
  if (!(await isSignedBy({ alg: rootAlg, jwk: root }, base64url(parts[2]), signed))) invalid();
  const list = parseJSON(parts[1]);
  if (!isWellFormed(list)) invalid();
  await checkKeys(list);
  return list;
}

/** The pinned root decides; a header may only agree, and never bring a key or a meaning of its own. */
function checkHeader(header, alg, kid) {
  const refused = ["jwk", "jku", "x5u", "x5c", "crit", "b64"].some((name) => name in header);
  if (refused || !Object.values(header).every(isText)) invalid();
  if (header.alg !== alg || header.kid !== kid || header.typ !== "trust-list+jwt") invalid();
}

export function parseJSON(part) {
  try {
    const value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(base64url(part)));
    if (value && typeof value === "object") return value;
  } catch {
    // Falls through to the one answer for every defect.
  }
  return invalid();
}

export function base64url(text) {
  if (typeof text !== "string" || !/^[A-Za-z0-9_-]*$/.test(text) || text.length % 4 === 1) invalid();
  return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (character) => character.charCodeAt(0));
}

// Shape

const isText = (value) => typeof value === "string";
const isTime = Number.isSafeInteger;
const isOptional = (kind, value) => value === undefined || value === null || kind(value);
/** A day that exists: JavaScript turns others into their neighbours, or into no date at all. */
const isDay = (value) =>
  isText(value) && /^\d{4}-\d{2}-\d{2}$/.test(value) && new Date(value).toJSON()?.slice(0, 10) === value;
const isListOf = (kind, value) => Array.isArray(value) && value.every((item) => item && kind(item));
const isPeriod = ({ from, to }) => isDay(from) && isOptional(isDay, to);

const isWellFormed = (list) =>
  isText(list.iss) && isTime(list.sequence) && isTime(list.iat) && isTime(list.next_update) &&
  isListOf(isInstitution, list.institutions) &&
  isOptional((keys) => isListOf(isKey, keys), list.status_keys);

const isInstitution = ({ id, names, keys, filings }) =>
  isText(id) && isListOf(isName, names) && isListOf(isKey, keys) && isListOf(isFiling, filings);

const isName = (name) => isText(name.name) && isPeriod(name);

const isFiling = (filing) =>
  isText(filing.occupation) && isText(filing.name) && isPeriod(filing) &&
  Array.isArray(filing.levels) && filing.levels.every(Number.isInteger);

const isRecorded = ({ count, sha256 }) => isTime(count) && isText(sha256);

const isKey = ({ kid, alg, jwk, from, to, state, recorded, compromised_since: since }) =>
  isText(kid) && Object.hasOwn(algorithms, alg) && jwk?.kty === algorithms[alg].kty &&
  jwk.crv === algorithms[alg].crv && isTime(from) && isOptional(isTime, to) &&
  isOptional(isRecorded, recorded) &&
  (state === "active" || state === "retired" || (state === "compromised" && isTime(since)));

const allKeys = ({ institutions, status_keys: statusKeys }) =>
  [...institutions.flatMap((institution) => institution.keys), ...(statusKeys ?? [])];

/** Each `kid` must be the hash of its key and stand once in the list. */
async function checkKeys(list) {
  const keys = allKeys(list);
  const kids = await Promise.all(keys.map(({ alg, jwk }) => keyID(alg, jwk)));
  if (keys.some(({ kid }, index) => kid !== kids[index]) || new Set(kids).size < kids.length) invalid();
}

async function keyID(alg, { x, y }) {
  const { kty, spki } = algorithms[alg];
  const coordinates = (kty === "EC" ? [x, y] : [x]).map(base64url);
  if (coordinates.some((coordinate) => coordinate.length !== 32)) invalid();
  const prefix = spki.match(/../g).map((byte) => parseInt(byte, 16));
  const der = Uint8Array.from([...prefix, ...coordinates.flatMap((coordinate) => [...coordinate])]);
  return hexadecimal(new Uint8Array(await crypto.subtle.digest("SHA-256", der)).subarray(0, 8));
}

// Look-ups

/** `{institution, key}`, or undefined for a key that the list does not know. */
export function findKey(list, kid) {
  for (const institution of list.institutions) {
    const key = institution.keys.find((candidate) => candidate.kid === kid);
    if (key) return { institution, key };
  }
  return undefined;
}

const covers = ({ from, to }, day) => from <= day && day <= (to ?? "9999-12-31");

export const isFiled = (institution, occupation, level, day) =>
  institution.filings.some(
    (filing) => filing.occupation === occupation && filing.levels.includes(level) && covers(filing, day));

const entrySize = 16;

/** Whether a seal is among those that were recorded before its key was compromised. */
export async function isRecordedSeal({ kid, recorded }, signedBytes) {
  const file = await fetchBytes(`/trust/recorded/${kid}`).catch(() => {
    throw new TrustError("recorded-seals-unavailable");
  });
  const digest = async (bytes) => new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  if (file.length !== recorded.count * entrySize || hexadecimal(await digest(file)) !== hexadecimal(base64url(recorded.sha256))) {
    throw new TrustError("recorded-seals-unavailable");
  }
  const entry = (await digest(signedBytes)).subarray(0, entrySize);
  for (let start = 0; start < file.length; start += entrySize) {
    if (entry.every((byte, index) => byte === file[start + index])) return true;
  }
  return false;
}

// The newest list seen, kept between visits where the browser lets us

const trustMemoryKey = (config) => `signet.trust.${config.rootKid}`;

/** `{sequence, iat}`; `iat` is 0 where only the sequence is known. */
function newestTrustSeen(config) {
  try {
    const [sequence, iat] = (localStorage.getItem(trustMemoryKey(config)) ?? "0 0").split(" ").map(Number);
    return { sequence, iat };
  } catch {
    return { sequence: 0, iat: 0 };
  }
}

/** Whoever has seen a newer list, or knows from a status list that there is one, refuses an older. */
function requireNoOlder({ sequence, iat }, known) {
  if (sequence < known.sequence || (sequence === known.sequence && iat < known.iat)) throw new TrustError("trust-list-rolled-back");
}

function rememberNewest(config, { sequence, iat }) {
  try {
    localStorage.setItem(trustMemoryKey(config), `${sequence} ${iat}`);
  } catch {
    // Without storage an older list cannot be told apart; its own next_update still bounds it.
  }
}

/** By the least sequence that a status list goes with: it is published daily, and knows of every trust list before. */
export function requireTrustSequence(config, trust, sequence) {
  if (sequence <= trust.sequence) return;
  rememberNewest(config, { sequence, iat: 0 });
  requireNoOlder(trust, { sequence, iat: 0 });
}
