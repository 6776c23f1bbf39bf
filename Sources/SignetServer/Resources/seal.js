// Reads a seal as docs/formats/seal.md specifies it: digits, strict CBOR, COSE_Sign1, claims.
// Pure functions. Whatever differs from that page throws a SealError; nothing is guessed.

export class SealError extends Error {}

const maximumDigits = 4096;
const maximumSealBytes = 1600;
const maximumTextBytes = 600;
const maximumDepth = 8;

const refuse = (why) => {
  throw new SealError(why);
};

/** The digits of the one seal in a text; without one, the longest run of digits, by which the page says what is wrong. */
export function digitsIn(text) {
  const found = findSeal(text);
  if (found.digits) return found.digits;
  return digitRuns(text).map(({ chunks }) => chunks.join("")).reduce((a, b) => (b.length > a.length ? b : a), "");
}

// Finding a seal in a text (docs/formats/seal.md, "QR text")

const maximumText = 1 << 16;
const fewestDigits = 200;
const fewestStrayDigits = 40;
const mostAttempts = 20_000;

/**
 * `{finding, digits}` of whatever a person pasted or a scanner read: `seal` or `malformed`, for a whole message, with its
 * digits; `damaged`, `several` or `nothing`.
 */
export function findSeal(text) {
  const found = { messages: new Set(), attempts: 0 };
  const runs = digitRuns(text);
  for (const run of runs) lookIn(run.chunks, found);
  const messages = [...found.messages];
  const seals = messages.filter((digits) => isReadable(digits));
  if (seals.length > 1) return { finding: "several" };
  if (seals.length === 1) return { finding: "seal", digits: seals[0] };
  if (messages.length > 0) return { finding: "malformed", digits: messages[0] };
  const isTrace = ({ isBehindAddress, chunks }) => isBehindAddress || chunks.join("").length >= fewestStrayDigits;
  return { finding: runs.some(isTrace) ? "damaged" : "nothing" };
}

function isReadable(digits) {
  try {
    return Boolean(readSeal(digits));
  } catch {
    return false;
  }
}

/** Percent-encoding and compatibility forms undone; letters and `#` end a run, all else that is no digit joins two chunks. */
function digitRuns(text) {
  const runs = [];
  let run = { chunks: [], isBehindAddress: false };
  let isOpen = false;
  let last = "";
  const end = () => {
    if (run.isBehindAddress || run.chunks.length > 0) runs.push(run);
    run = { chunks: [], isBehindAddress: false };
    isOpen = false;
  };
  for (const [character] of percentDecoded(text.slice(0, maximumText)).normalize("NFKC").matchAll(/[0-9]+|./gsu)) {
    if (/^[0-9]/.test(character)) {
      if (isOpen) run.chunks[run.chunks.length - 1] += character;
      else run.chunks.push(character);
      isOpen = true;
    } else if (character === "#" || /^[\p{L}\p{N}]/u.test(character)) {
      end();
      if (character === "#") run.isBehindAddress = /^c$/i.test(last);
    } else {
      isOpen = false;
      continue;
    }
    last = character;
  }
  end();
  return runs;
}

/** Also what was encoded twice or three times, as links in links are. */
function percentDecoded(text) {
  let decoded = text;
  for (let round = 0; round < 3 && decoded.includes("%"); round++) {
    decoded = decoded.replace(/(?:%[0-9a-f]{2})+/gi, (escapes) => {
      const bytes = Uint8Array.from(escapes.slice(1).split("%"), (byte) => parseInt(byte, 16));
      return new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
    });
  }
  return decoded;
}

function lookIn(chunks, found) {
  for (let first = 0; first < chunks.length;) {
    const isStart = first === 0 || chunks[first].length >= fewestStrayDigits;
    first = (isStart && endOfMessage(chunks, first, found)) || first + 1;
  }
}

/** A message says itself how long it is, so that at most one of the ends fits it. */
function endOfMessage(chunks, first, found) {
  let digits = "";
  for (let next = first; next < chunks.length; next++) {
    digits += chunks[next];
    if (digits.length > maximumDigits || found.attempts >= mostAttempts) return 0;
    if (digits.length < fewestDigits) continue;
    found.attempts += 1;
    let bytes;
    try {
      bytes = bytesOf(digits);
    } catch {
      continue;
    }
    if (bytes[0] !== 0xd2 || bytes[1] !== 0x84) return 0;
    if (!isWhole(bytes)) continue;
    found.messages.add(digits);
    return next + 1;
  }
  return 0;
}

/** Whether bytes are a message's parts from its tag to its end, whatever is in them. */
function isWhole(bytes) {
  try {
    const reader = new Reader(bytes);
    const [major, tag] = reader.head();
    const message = reader.item();
    reader.finish();
    const [protectedBytes, unprotected, payload, signature] = message;
    return major === 6 && tag === 18 && message.length === 4 && unprotected instanceof Map &&
      [protectedBytes, payload, signature].every((part) => part instanceof Uint8Array);
  } catch {
    return false;
  }
}

/** An unverified seal: `{kid, alg, claims, signedBytes, signature}`. Believe nothing in it yet. */
export function readSeal(digits) {
  const bytes = bytesOf(digits);
  if (bytes.length > maximumSealBytes) refuse("too many bytes");
  const reader = new Reader(bytes);
  const [major, tag] = reader.head();
  if (major !== 6 || tag !== 18) refuse("not tag 18");
  const message = reader.item();
  reader.finish();
  if (!Array.isArray(message) || message.length !== 4) refuse("not four parts");
  const [protectedBytes, unprotected, payload, signature] = message;
  if (!(unprotected instanceof Map) || unprotected.size !== 0) refuse("an unprotected header");
  if (byteString(signature).length !== 64) refuse("the signature's size");
  const header = decodeMap(byteString(protectedBytes));
  const kid = byteString(header.get(4));
  if (header.size !== 2 || kid.length !== 8) refuse("the header");
  return {
    kid: hexadecimal(kid),
    alg: integer(header.get(1)),
    claims: readClaims(decodeMap(byteString(payload))),
    signedBytes: signedBytes(protectedBytes, payload),
    signature,
  };
}

export const hexadecimal = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

// Digits

/** Digits of a last group, by its number of bytes. */
const tailDigits = [0, 3, 5, 8, 10, 13, 15];

function bytesOf(digits) {
  if (digits.length > maximumDigits || !/^[0-9]+$/.test(digits)) refuse("not the digits of a seal");
  const tail = tailDigits.indexOf(digits.length % 17);
  if (tail < 0) refuse("the digits are not whole");
  const bytes = [];
  for (let start = 0; start < digits.length; start += 17) {
    const group = digits.slice(start, start + 17);
    const count = group.length === 17 ? 7 : tail;
    const value = BigInt(group);
    if (value >> BigInt(8 * count)) refuse("a group exceeds its bytes");
    for (let i = count - 1; i >= 0; i--) bytes.push(Number((value >> BigInt(8 * i)) & 255n));
  }
  return Uint8Array.from(bytes);
}

// Deterministic CBOR (RFC 8949 §4.2.1)

/** Control characters, line separators, and what reorders the text around it. */
const unsafeText = /[\p{Cc}\u2028-\u202e\u2066-\u2069]/u;

class Reader {
  constructor(bytes) {
    this.bytes = bytes;
    this.position = 0;
  }

  /** `[major type, argument]`; an argument above 2^53 is rounded, which no comparison here notices. */
  head() {
    const initial = this.take(1)[0];
    const major = initial >> 5;
    const information = initial & 31;
    if (information < 24) return [major, information];
    if (information > 27 || major === 7) refuse("an indefinite length or a float");
    let argument = 0n;
    for (const byte of this.take(1 << (information - 24))) argument = (argument << 8n) | BigInt(byte);
    const smallest = information === 24 ? 24n : 1n << BigInt(4 << (information - 24));
    if (argument < smallest) refuse("an argument longer than needed");
    if (argument >> 63n) refuse("over 63 bits");
    return [major, Number(argument)];
  }

  item(depth = 0) {
    const [major, argument] = this.head();
    switch (major) {
      case 0: return argument;
      case 1: return -1 - argument;
      case 2: return this.take(argument);
      case 3: return this.text(argument);
      case 4: return this.array(argument, depth);
      case 5: return this.map(argument, depth);
      default: return refuse("a tag, float or simple value");
    }
  }

  finish() {
    if (this.position !== this.bytes.length) refuse("bytes follow the end");
  }

  take(count) {
    if (count > this.bytes.length - this.position) refuse("truncated");
    this.position += count;
    return this.bytes.subarray(this.position - count, this.position);
  }

  text(count) {
    if (count > maximumTextBytes) refuse("a text is too long");
    const bytes = this.take(count);
    let text;
    try {
      text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    } catch {
      refuse("a text is not UTF-8");
    }
    if (unsafeText.test(text)) refuse("a text with unsafe characters");
    return text;
  }

  array(count, depth) {
    this.open(count, depth);
    const items = [];
    for (let i = 0; i < count; i++) items.push(this.item(depth + 1));
    return items;
  }

  map(count, depth) {
    this.open(count, depth);
    const entries = new Map();
    let previous = null;
    for (let i = 0; i < count; i++) {
      const start = this.position;
      const key = this.item(depth + 1);
      if (typeof key !== "number" && typeof key !== "string") refuse("the kind of a map key");
      const keyBytes = this.bytes.subarray(start, this.position);
      if (previous && !precedes(previous, keyBytes)) refuse("the order of map keys");
      previous = keyBytes;
      entries.set(key, this.item(depth + 1));
    }
    return entries;
  }

  open(count, depth) {
    if (depth >= maximumDepth) refuse("nested too deeply");
    // Every entry takes at least a byte, so a count above what is left is a lie.
    if (count > this.bytes.length - this.position) refuse("truncated");
  }
}

function precedes(a, b) {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    if (a[i] !== b[i]) return a[i] < b[i];
  }
  return a.length < b.length;
}

function decodeMap(bytes) {
  const reader = new Reader(bytes);
  const map = reader.item();
  reader.finish();
  return map instanceof Map ? map : refuse("a map was expected");
}

// Claims

const certifiedLevels = new Set([6, 5, 4, 3, 2, 1, 0, -1]);
/** The years 1 to 9999: beyond them a date could not be shown. */
const isShowableDay = (days) => days >= -719162 && days <= 2932896;

const byteString = (value) => (value instanceof Uint8Array ? value : refuse("a byte string was expected"));
const integer = (value) => (typeof value === "number" ? value : refuse("an integer was expected"));
const text = (value) => (typeof value === "string" && value ? value : refuse("a text is missing or empty"));
const map = (value) => (value instanceof Map ? value : refuse("a map was expected"));
const optional = (kind, value) => (value === undefined ? undefined : kind(value));

function readClaims(claims) {
  const id = byteString(claims.get(7));
  if (id.length !== 16) refuse("the identity's size");
  const status = optional(map, claims.get(65535));
  const fields = map(claims.get(-65537));
  return {
    issuer: text(claims.get(1)),
    expiresAt: optional(integer, claims.get(4)),
    notBefore: optional(integer, claims.get(5)),
    issuedAt: integer(claims.get(6)),
    status: status && readStatus(status),
    awardDay: integer(fields.get(9)),
    certificate: readCertificate(fields, hexadecimal(id), text(claims.get(1))),
  };
}

function readStatus(status) {
  const reference = map(status.get("status_list"));
  const index = integer(reference.get("idx"));
  if (index < 0) refuse("the status claim");
  return { index, uri: text(reference.get("uri")) };
}

/** Shaped like the certificate in the answer of `/v1/verify`, so that both are shown alike. */
function readCertificate(fields, id, institution) {
  const version = integer(fields.get(2));
  const level = integer(fields.get(8));
  const days = integer(fields.get(9));
  if (version < 1 || !certifiedLevels.has(level) || !isShowableDay(days)) refuse("a field out of range");
  return {
    id,
    institution,
    number: text(fields.get(1)),
    version,
    institutionName: text(fields.get(3)),
    holderName: text(fields.get(4)),
    occupationCode: text(fields.get(5)),
    occupation: text(fields.get(6)),
    specialisation: optional(text, fields.get(7)),
    level,
    awardDate: new Date(days * 86_400_000).toISOString().slice(0, 10),
  };
}

// What is signed (RFC 9052 §4.4)

function signedBytes(protectedBytes, payload) {
  const context = new TextEncoder().encode("Signature1");
  return Uint8Array.from([
    0x84, 0x60 + context.length, ...context, ...encoded(protectedBytes), ...encoded(new Uint8Array()), ...encoded(payload),
  ]);
}

/** A byte string with its head; a seal's parts are shorter than 65,536 bytes. */
function encoded(bytes) {
  const count = bytes.length;
  const head = count < 24 ? [0x40 + count] : count < 256 ? [0x58, count] : [0x59, count >> 8, count & 255];
  return [...head, ...bytes];
}
