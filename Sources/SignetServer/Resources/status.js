// Status lists (docs/formats/status-list.md): fetched from this page's own host, their signature checked
// under the key that the trust list has for them, then read. An outage is never a status.

import { TrustError, base64url, fetchText, isSignedBy, parseJSON, requireTrustSequence } from "./trust.js";

/** Inflated, a list has at most this many bytes. */
const maximumListBytes = 1 << 22;
/** How far a publisher's clock may run ahead of ours, in seconds. */
const publisherSkew = 300;
const values = [undefined, "revoked", "suspended", "superseded"];

/** A reason code for which a status is not known; `issuedAt` of the last list known, if any. */
class StatusError extends Error {
  constructor(code, issuedAt) {
    super(code);
    Object.assign(this, { code, issuedAt });
  }
}

const refuseStatus = (code, issuedAt) => {
  throw new StatusError(code, issuedAt);
};

/**
 * `{outcome, code, issuedAt}` of the status claim `{index, uri}`, by a trust list already checked. Throws a TrustError
 * when the status list tells that there is a newer one.
 */
export async function checkStatus({ index, uri }, fetched, trust, config, now) {
  try {
    const list = await openList((await fetched) ?? refuseStatus("status-unavailable"), trust);
    const issuedAt = list.iat;
    requireTrustSequence(config, trust, list.trust_sequence ?? 0);
    if (list.sub !== uri) refuseStatus("status-address-mismatch");
    if (issuedAt < newestSeen(config, uri)) refuseStatus("status-list-rolled-back", issuedAt);
    if (issuedAt > now + publisherSkew) refuseStatus("clock-behind", issuedAt);
    remember(config, uri, issuedAt);
    if (now > (list.exp ?? Infinity)) refuseStatus("status-list-stale", issuedAt);
    const value = valueAt(await inflated(list.status_list), list.status_list.bits, index);
    if (value === undefined) refuseStatus("status-index-out-of-range", issuedAt);
    if (value === 0) return { outcome: "pass", issuedAt };
    if (!values[value]) refuseStatus("status-value-unknown", issuedAt);
    return { outcome: "fail", code: values[value], issuedAt };
  } catch (error) {
    if (error instanceof StatusError) return { outcome: "unknown", code: error.code, issuedAt: error.issuedAt };
    throw error;
  }
}

/** By its number from this page's own host: nobody else learns that somebody verifies. Undefined when it cannot be had. */
export async function fetchStatusList(uri) {
  const path = /^https:\/\/[^/]+(\/status\/[1-9]\d*)$/.exec(uri)?.[1];
  return path && fetchText(path).catch(() => undefined);
}

async function openList(token, trust) {
  const parts = token.trimEnd().split(".");
  let header;
  let list;
  let signature;
  try {
    [header, list, signature] = [parseJSON(parts[0]), parseJSON(parts[1]), base64url(parts[2])];
  } catch {
    refuseStatus("status-list-invalid");
  }
  const isList = parts.length === 3 && header.typ === "statuslist+jwt" && typeof list.sub === "string" &&
    Number.isSafeInteger(list.iat) && [1, 2, 4, 8].includes(list.status_list?.bits) &&
    typeof list.status_list.lst === "string" && [list.exp, list.trust_sequence].every((value) => value === undefined || Number.isSafeInteger(value)) &&
    !["jwk", "jku", "x5u", "x5c", "crit", "b64"].some((name) => name in header);
  if (!isList) refuseStatus("status-list-invalid");
  const key = trust.status_keys?.find(({ kid }) => kid === header.kid);
  if (!key || key.alg !== header.alg || !isInForce(key, list.iat)) refuseStatus("status-signature-invalid");
  const signed = new TextEncoder().encode(`${parts[0]}.${parts[1]}`);
  const isRight = await isSignedBy(key, signature, signed).catch((error) => {
    if (error instanceof TrustError) refuseStatus("status-unsupported");
    throw error;
  });
  return isRight ? list : refuseStatus("status-signature-invalid");
}

const isInForce = ({ from, to, state, compromised_since: since }, time) =>
  from <= time && time < (to ?? Infinity) && (state !== "compromised" || time < since);

/** In zlib framing; stops as soon as more comes out than a list can have. */
async function inflated({ lst }) {
  if (!globalThis.DecompressionStream) refuseStatus("status-unsupported");
  try {
    const stream = new Blob([base64url(lst)]).stream().pipeThrough(new DecompressionStream("deflate"));
    const reader = stream.getReader();
    const bytes = new Uint8Array(maximumListBytes);
    let length = 0;
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      bytes.set(part.value, length);
      length += part.value.length;
    }
    return bytes.subarray(0, length);
  } catch {
    return refuseStatus("status-list-invalid");
  }
}

/** The first entry is in the least significant bits; undefined outside the list. */
function valueAt(bytes, bits, index) {
  const perByte = 8 / bits;
  const byte = bytes[Math.floor(index / perByte)];
  return byte === undefined ? undefined : (byte >> ((index % perByte) * bits)) & ((1 << bits) - 1);
}

/** Asks this page's own server why a certificate is not valid; sends it nothing but the random identity. */
export async function fetchDetails({ id, version }) {
  const answer = await fetchText("/v1/status-details", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ id, version }),
  });
  const { reason, since, successor } = JSON.parse(answer);
  if (typeof reason !== "string" || !Number.isSafeInteger(since)) throw new Error("an answer of another kind");
  return { reason, since, successor: typeof successor === "string" ? successor : undefined };
}

// The newest list seen of each address, kept between visits where the browser lets us

const statusMemoryKey = ({ rootKid }, uri) => `signet.status.${rootKid}.${uri}`;

function newestSeen(config, uri) {
  try {
    return Number(localStorage.getItem(statusMemoryKey(config, uri)) ?? 0);
  } catch {
    return 0;
  }
}

function remember(config, uri, issuedAt) {
  try {
    localStorage.setItem(statusMemoryKey(config, uri), String(issuedAt));
  } catch {
    // Without storage an older list cannot be told apart; its own exp still bounds it.
  }
}
