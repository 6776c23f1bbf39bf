// From a QR text to a verdict: the five checks of docs/formats/seal.md.

import { SealError, digitsIn, findSeal, readSeal } from "./seal.js";
import { checkStatus, fetchStatusList } from "./status.js";
import { TrustError, acceptsAlgorithm, fetchText, fetchTrustList, findKey, isFiled, isRecordedSeal, isSignedBy } from "./trust.js";

/** How far a signer's clock may run ahead of ours, in seconds. */
const signerSkew = 300;
/** What a text without one readable seal gives: only a whole message that is no seal of ours has failed. */
const unreadable = { damaged: "seal-damaged", several: "several-seals", nothing: "not-a-seal" };
const checkNames = ["signature", "issuer", "scope", "status", "dates"];
const verdicts = ["valid", "not-valid", "could-not-check"];
const outcomes = ["pass", "fail", "unknown", "none"];

const pass = { outcome: "pass" };
const none = { outcome: "none" };
const fail = (code) => ({ outcome: "fail", code });
const unknown = (code) => ({ outcome: "unknown", code });

/**
 * Checks in this browser. `now` is in seconds since 1970. Gives
 * `{verdict, reason, checks: [{check, outcome, code, issuedAt}], certificate, list}`, the last two only as far as
 * they could be had.
 */
export async function verify(qrText, config, now) {
  const { finding, digits } = findSeal(qrText);
  if (unreadable[finding]) return unsigned(unknown(unreadable[finding]));
  let list;
  try {
    const seal = readSeal(digits);
    // Both at once: on a phone's network each question takes longer than all the checks.
    const statusList = seal.claims.status && fetchStatusList(seal.claims.status.uri);
    list = await fetchTrustList(config);
    return await verifyAgainst(list, statusList, seal, config, now);
  } catch (error) {
    if (error instanceof SealError) return unsigned(fail("malformed-seal"));
    if (error instanceof TrustError) return unsigned(unknown(error.code), list);
    throw error;
  }
}

async function verifyAgainst(list, statusList, seal, config, now) {
  const isStale = now > list.next_update;
  const record = findKey(list, seal.kid);
  if (!record) return unsigned(unknownKey(seal, list, isStale), list);
  const { institution, key } = record;
  if (!acceptsAlgorithm(key, seal.alg)) return unsigned(fail("algorithm-mismatch"), list);
  if (!(await isSignedBy(key, seal.signature, seal.signedBytes))) return unsigned(fail("bad-signature"), list);
  const { claims } = seal;
  const status = claims.status ? await checkStatus(claims.status, statusList, list, config, now) : none;
  const newestList = Math.max(list.iat, status.issuedAt ?? -Infinity);
  const results = {
    signature: isStale ? unknown("trust-list-stale") : pass,
    issuer: await issuer(seal, institution, key),
    scope: scope(claims.certificate, institution),
    status,
    dates: dates(claims, newestList, list.servedAt, now),
  };
  const verdict = concluded(results);
  // The day that begins then where the certificate was issued, whatever zone that is.
  const validFrom = verdict.reason === "not-yet-valid"
    ? new Date((claims.notBefore + 43_200) * 1000).toISOString().slice(0, 10) : undefined;
  return { ...verdict, validFrom, certificate: claims.certificate, institution, list };
}

/** A list kept from earlier says nothing about keys that came after it. */
function unknownKey({ claims }, list, isStale) {
  if (isStale) return unknown("trust-list-stale");
  return list.keptSince && claims.issuedAt > list.iat ? unknown("trust-list-older-than-seal") : fail("unknown-key");
}

async function issuer({ claims, signedBytes }, institution, key) {
  const { issuedAt } = claims;
  if (claims.issuer !== institution.id) return fail("issuer-mismatch");
  if (issuedAt < key.from || issuedAt >= (key.to ?? Infinity)) return fail("key-not-in-force");
  if (key.state !== "compromised") return pass;
  // Whoever has the key writes any time into a seal: that it is early proves nothing by itself.
  if (issuedAt >= key.compromised_since || !key.recorded) return fail("key-compromised");
  try {
    return (await isRecordedSeal(key, signedBytes)) ? pass : fail("not-recorded");
  } catch (error) {
    if (error instanceof TrustError) return unknown(error.code);
    throw error;
  }
}

const scope = ({ occupationCode, level, awardDate }, institution) =>
  isFiled(institution, occupationCode, level, awardDate) ? pass : fail("not-filed");

/** `newestList` is when the newest list at hand was signed: it is later than that now; `servedAt` is the server's own word for it. */
function dates({ notBefore, expiresAt, issuedAt, awardDay }, newestList, servedAt, now) {
  if (Math.max(newestList, servedAt ?? -Infinity) > now + signerSkew) {
    return newestList >= (expiresAt ?? Infinity) ? fail("expired") : unknown("clock-behind");
  }
  if (now >= (expiresAt ?? Infinity)) return fail("expired");
  if (issuedAt > now + signerSkew) return fail("dates-contradict");
  // An award day may begin up to a day before it does in UTC; a seal that begins later may name a later one.
  const lastDay = Math.trunc(Math.max(issuedAt, notBefore ?? issuedAt) / 86_400) + 1;
  if (awardDay > lastDay) return fail("dates-contradict");
  return now < (notBefore ?? -Infinity) ? unknown("not-yet-valid") : pass;
}

/** Rests on the signature check alone: what depends on it is not looked at, and nothing is shown. */
const unsigned = (signature, list) => ({
  ...concluded({ signature, issuer: none, scope: none, status: none, dates: none }), list,
});

/** For when the checking itself broke down: nothing is known then. */
export const unfinished = () => unsigned(unknown());

/** A failure decides; else a check that could not be made; else all is well. */
function concluded(results) {
  const checks = checkNames.map((check) => ({ check, ...results[check] }));
  const deciding =
    checks.find(({ outcome }) => outcome === "fail") ?? checks.find(({ outcome }) => outcome === "unknown");
  const verdict = { fail: "not-valid", unknown: "could-not-check" }[deciding?.outcome] ?? "valid";
  return { verdict, reason: deciding?.code, checks };
}

/** Asks this page's own server; sends it the seal. Throws when there is no usable answer. */
export async function verifyWithServer(qrText) {
  const answer = await fetchText("/v1/verify", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ seal: digitsIn(qrText) }),
  });
  return readAnswer(answer);
}

/** A verdict as the server writes it, with the check of a document in front if there was one. */
export function readAnswer(answer) {
  const { verdict, reason, validFrom, checks, certificate, statusList } = JSON.parse(answer);
  const names = checks[0].check === "document" ? ["document", ...checkNames] : checkNames;
  const isComplete = names.every((name, i) => checks[i].check === name && outcomes.includes(checks[i].outcome));
  if (!verdicts.includes(verdict) || !isComplete) throw new Error("an answer of another kind");
  checks[names.indexOf("status")].issuedAt = statusList?.issuedAt;
  return { verdict, reason, validFrom, checks, certificate };
}
