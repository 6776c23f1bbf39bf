// The page itself: reads the fragment, has it verified, and shows the verdict. Everything that comes
// from a seal or a server goes in as text, isolated from the text around it.

import { digitsIn } from "/assets/seal.js";
import { fetchDetails } from "/assets/status.js";
import { adviceFor, levels, texts } from "/assets/texts.js";
import { unfinished, verify, verifyWithServer } from "/assets/verify.js";

const element = (id) => document.getElementById(id);
const main = document.querySelector("main");
const config = JSON.parse(element("config").textContent);
const host = location.host;
const languageKey = "signet.language";

/** `view` is empty, checking or done; `server` is idle, busy or failed. */
let state = { view: "empty", server: "idle" };
let input = { scan: "idle", isLooking: false };
let language = preferredLanguage();
const readsCodes = "BarcodeDetector" in globalThis;
/** Once the camera was asked for. */
let scanner;
/** The other ways in: not needed by whoever scanned a code, and waits for the answer. */
async function ways() {
  const inputs = await import("/assets/inputs.js");
  for (const [tag, words] of Object.entries(inputs.inputTexts)) Object.assign(texts[tag], words);
  return inputs;
}

// Language

function preferredLanguage() {
  const stored = remembered();
  if (Object.hasOwn(texts, stored)) return stored;
  return navigator.language.toLowerCase().startsWith("zh") ? "zh" : "en";
}

function remembered() {
  try {
    return localStorage.getItem(languageKey) ?? "";
  } catch {
    return "";
  }
}

function switchLanguage() {
  language = language === "zh" ? "en" : "zh";
  try {
    localStorage.setItem(languageKey, language);
  } catch {
    // It then holds for this visit.
  }
  render();
}

const has = (key) => Object.hasOwn(texts[language], key);

/** A text of the catalogue; what is filled in is isolated by Unicode marks (FSI … PDI). */
const say = (key, values = {}) =>
  texts[language][key].replace(/\{(\w+)\}/g, (_, name) => `\u2068${values[name]}\u2069`);

const dateText = (date, options) => new Intl.DateTimeFormat(texts[language].tag, options).format(date);
const dayText = (day) => dateText(new Date(`${day}T00:00:00Z`), { dateStyle: "long", timeZone: "UTC" });
const timeText = (date) => dateText(date, { dateStyle: "long", timeStyle: "short" });

// Verification

/** Raised by each start, so that a slow answer never lands on a newer question. */
let run = 0;

/** Some apps write the # of an address as %23, which sends what follows to the server. */
let wasSent = false;

function straightenAddress() {
  const { hash, pathname } = location;
  if (hash || /^\/c?$/.test(pathname)) return;
  const digits = /[0-9]{17,}/.exec(pathname.replace(/%(25)*23/g, "#"))?.[0];
  wasSent = digits !== undefined;
  history.replaceState(null, "", digits ? `/c#${digits}` : "/c");
}

async function start() {
  const current = ++run;
  scanner?.stop();
  if (location.hash === "") return show({ view: "empty", server: "idle" });
  show({ view: "checking", server: "idle" });
  const time = new Date();
  const result = await verify(location.hash, config, Math.floor(time / 1000)).catch((error) => {
    console.error(error);
    return unfinished();
  });
  if (current === run) show({ view: "done", source: "browser", result, time, server: "idle" });
}

async function askServer() {
  if (state.server === "busy") return;
  const current = run;
  show({ ...state, server: "busy" });
  try {
    const result = await verifyWithServer(location.hash);
    if (current === run) show({ view: "done", source: "server", result, time: new Date(), server: "idle" });
  } catch {
    if (current === run) show({ ...state, server: "failed" });
  }
}

function checkPasted(event) {
  event.preventDefault();
  const digits = digitsIn(element("paste-text").value);
  const isUsable = /^[0-9]+$/.test(digits);
  element("paste-error").textContent = isUsable ? "" : say("pasteInvalid");
  element("paste-text").setAttribute("aria-invalid", String(!isUsable));
  if (isUsable) location.hash = digits;
  else element("paste-text").focus();
}

/** Whatever way it came in, a code's text goes on as if its address had been opened. */
function take(text) {
  const digits = digitsIn(text);
  if (location.hash === `#${digits}`) start();
  else location.hash = digits;
}

/** `input` is what the ways in are doing: `{scan: idle, camera or reading, error, isLooking, lookupError}`. */
function showInput(changes) {
  input = { ...input, ...changes };
  renderInputs();
}

async function scan() {
  showInput({ scan: "camera", error: undefined });
  try {
    const { Scanner } = await ways();
    scanner ??= new Scanner(element("camera"));
    const text = await scanner.scan();
    if (text) take(text);
    showInput({ scan: "idle" });
  } catch (error) {
    showInput({ scan: "idle", error: told(error) });
    element("camera-start").focus();
  } finally {
    scanner?.stop();
  }
}

function stopCamera() {
  scanner?.stop();
  showInput({ scan: "idle" });
  element("camera-start").focus();
}

async function readFile(file) {
  if (!file || state.view !== "empty" || input.scan === "reading") return;
  scanner?.stop();
  showInput({ scan: "reading", error: undefined });
  try {
    const { isDocument, textInFile } = await ways();
    if (isDocument(file)) await checkDocument(file);
    else take(await textInFile(file));
    showInput({ scan: "idle" });
  } catch (error) {
    showInput({ scan: "idle", error: told(error) });
  }
}

async function checkDocument(file) {
  const current = ++run;
  const { verdictOfDocument } = await ways();
  const result = await verdictOfDocument(file);
  if (current === run) showAnswer("document", result);
}

/** A verdict that has no address of its own. */
function showAnswer(source, result) {
  history.pushState({ result: source }, "", location.pathname);
  show({ view: "done", source, result, time: new Date(), server: "idle" });
}

/** An error that people can be told: with a key of the catalogue, or with the server's own words. */
function told(error) {
  if (!error.key && !error.words) console.error(error);
  return error.words || has(error.key) ? error : { key: "askFailed" };
}

const wordsOf = (error) => (error ? error.words?.[language] ?? say(error.key) : "");

/** As printed, however somebody typed it: full width, in groups, with a full stop behind. */
const plainNumber = (text) => text.normalize("NFKC").replace(/[\s\p{Pd}\p{Cf}\u2212.,;:。、，]+/gu, "").toUpperCase();

async function lookUp(event) {
  event.preventDefault();
  if (input.isLooking) return;
  const [number, holder] = ["lookup-number", "lookup-holder"].map((id) => element(id).value.trim());
  if (!number || !holder) {
    showInput({ lookupError: { key: "lookup.incomplete" } });
    return element(number ? "lookup-holder" : "lookup-number").focus();
  }
  const current = ++run;
  showInput({ isLooking: true, lookupError: undefined });
  try {
    const { verdictByNumber } = await ways();
    const result = await verdictByNumber(plainNumber(number), holder.normalize("NFKC"));
    showInput({ isLooking: false });
    if (current === run) showAnswer("lookup", result);
  } catch (error) {
    showInput({ isLooking: false, lookupError: told(error) });
    element("lookup-number").focus();
  }
}

function startOver() {
  history.pushState(null, "", "/");
  wasSent = false;
  for (const form of ["paste", "lookup"]) element(form).reset();
  showInput({ error: undefined, lookupError: undefined });
  start();
}

// Showing

function show(next) {
  const isAnswered = next.view === "done" && state.view !== "done";
  state = next;
  const focused = document.activeElement;
  render();
  // Reading goes on at the answer, whatever was pressed to get it.
  const isGone = focused !== document.body && focused?.offsetParent === null;
  if (isGone || isAnswered) element(state.view === "empty" ? "camera-start" : "verdict").focus({ preventScroll: !isGone });
}

function render() {
  const { view, source, result } = state;
  main.dataset.verdict = view === "done" ? result.verdict : view;
  main.dataset.reason = result?.reason ?? "";
  main.dataset.source = source ?? "";
  main.dataset.kind = kindOf(result);
  document.documentElement.lang = texts[language].tag;
  document.title = title(view, result);
  renderFixedTexts();
  renderInputs();
  element("empty").hidden = view !== "empty";
  // The root without a code is where one begins; the codes' own address is where an app has lost it.
  element("dropped").hidden = view !== "empty" || location.pathname === "/";
  element("verdict").hidden = view === "empty";
  element("result").hidden = view !== "done";
  if (view !== "empty") renderVerdict();
  if (view === "done") renderResult();
  renderFooter();
}

function title(view, result) {
  const now = { empty: "emptyHeading", checking: "checking" }[view] ?? result.verdict;
  return `${say(now)} · ${say("brand")}`;
}

function renderFixedTexts() {
  for (const node of document.querySelectorAll("[data-text]")) {
    node.textContent = say(node.dataset.text, { host, kid: config.rootKid });
  }
  for (const node of document.querySelectorAll("[data-list]")) fillList(node, texts[language][node.dataset.list]);
  element("authority").textContent = config.authority;
  const other = language === "zh" ? "en" : "zh-CN";
  element("certificate-other").lang = other;
  element("language").lang = other;
  element("language").hidden = false;
  element("language").textContent = say("otherLanguage");
}

function renderInputs() {
  const { scan: reading, error, isLooking, lookupError } = input;
  element("viewfinder").hidden = reading !== "camera";
  element("choices").hidden = reading === "camera";
  element("photo-notice").textContent = say(readsCodes ? "photoLocal" : "photoServer", { host });
  element("scan-state").textContent = reading === "reading" ? say("photoBusy") : "";
  element("scan-error").textContent = wordsOf(error);
  element("lookup").hidden = !config.lookup;
  element("bulk").hidden = !config.bulk;
  // Both rest on the register.
  element("share").hidden = !config.lookup;
  element("lookup-button").setAttribute("aria-disabled", String(isLooking));
  element("lookup-button").textContent = say(isLooking ? "lookupBusy" : "lookupButton");
  element("lookup-error").textContent = wordsOf(lookupError);
  for (const id of ["lookup-number", "lookup-holder"]) element(id).setAttribute("aria-invalid", String(Boolean(lookupError)));
}

function renderVerdict() {
  const { view, source, result, time } = state;
  const isDone = view === "done";
  const kind = kindOf(result);
  const symbol = kind && kind !== "forged" ? kind : result?.verdict;
  element("verdict-icon").setAttribute("href", `#icon-${isDone ? symbol : "none"}`);
  element("verdict-kind").textContent = kind ? say(`kind.${kind}`) : "";
  element("verdict-kept").textContent = keptText(result?.list);
  element("verdict-word").textContent = isDone ? say(result.verdict) : say("checking");
  element("verdict-reason").textContent = isDone ? reasonText(result) : "";
  element("verdict-source").textContent = isDone
    ? say({ server: "byServer", document: "byServer", lookup: "byLookup" }[source] ?? "byBrowser", { host, time: timeText(time) }) : "";
}

/** How a certificate that does not stand differs from others that do not. */
function kindOf(result) {
  if (["revoked", "suspended", "superseded"].includes(result?.reason)) return result.reason;
  return adviceFor[result?.reason] === "forged" ? "forged" : "";
}

const keptText = (list) => (list?.keptSince ? say("keptList", { time: timeText(list.keptSince) }) : "");

function reasonText({ verdict, reason, validFrom }) {
  if (validFrom) return say("validFrom", { date: dayText(validFrom) });
  // Without https no browser offers its cryptography.
  const isInsecure = reason === "algorithm-unsupported" && !globalThis.crypto?.subtle;
  const key = isInsecure ? "reason.insecure" : `reason.${reason ?? verdict}`;
  return has(key) ? say(key) : say("reason.other");
}

function renderResult() {
  const { result, server, source } = state;
  renderCertificate(result);
  const advice = adviceFor[result.reason] ?? result.reason ?? result.verdict;
  const steps = texts[language][has(`next.${advice}`) ? `next.${advice}` : "next.other"];
  fillList(element("advice"), isUndecided(result) ? [say("undecided"), ...steps] : steps);
  element("contact").replaceChildren(...contactNodes(result));
  element("open-successor").hidden = result.reason !== "superseded";
  element("successor-error").textContent = "";
  element("checks").replaceChildren(...result.checks.map(checkRow));
  element("server-offer").hidden = source !== "browser" || !isBeyondBrowser(result);
  // Not `disabled`, which would take the focus away.
  element("ask-server").setAttribute("aria-disabled", String(server === "busy"));
  element("server-state").textContent = { busy: say("serverBusy"), failed: say("serverFailed") }[server] ?? "";
  element("retry").hidden = ["lookup", "document"].includes(source) || !["retry", "invalidList", "dates", "could-not-check"].includes(advice);
}

/** Where nothing is known for or against the certificate: of some it is known that they are genuine. */
const isUndecided = ({ verdict, reason }) => verdict === "could-not-check" && !has(`unconfirmed.${reason}`);

/** What another program may know where this browser does not. */
const isBeyondBrowser = ({ verdict, reason }) =>
  verdict === "could-not-check" && [undefined, "algorithm-unsupported", "status-unsupported"].includes(reason);

/** Whom to call, as the trust list says, which nobody but the authority can write. */
function contactNodes({ institution, certificate }) {
  const details = [institution?.phone, institution?.website].filter((text) => typeof text === "string" && text);
  if (details.length === 0) return [];
  const name = certificate?.institutionName ?? institution.id;
  return [say("contact", { name }), ...details.flatMap((text) => [" ", ...linked(text)])];
}

/** Sites, mail addresses and telephone numbers, the last perhaps with an extension (RFC 3966, section 5.3). */
const contacts =
  /((?:https?:\/\/|www\.)[^\s、，；]+)|([\w.+-]+@[\w-]+(?:\.[\w-]+)+)|(\+?[(（]?[0-9]+[)）]?[0-9 \p{Pd}]{5,}[0-9])(?:\s*(?:转|ext\.?)\s*([0-9]+))?/gu;

/** The text, with a link on each address in it. */
function linked(text) {
  const nodes = [];
  let end = 0;
  for (const { 0: found, 1: site, 2: mail, 3: phone, 4: extension, index } of text.matchAll(contacts)) {
    const link = create("a", found);
    if (site) link.href = site.startsWith("http") ? site : `https://${site}`;
    else if (mail) link.href = `mailto:${mail}`;
    else link.href = `tel:${phone.replace(/[^0-9+]/g, "")}${extension ? `;ext=${extension}` : ""}`;
    nodes.push(text.slice(end, index), link);
    end = index + found.length;
  }
  return [...nodes, text.slice(end)];
}

/** One click from a certificate that was replaced to the one that stands; it tells the server that somebody checks. */
async function openSuccessor() {
  const current = run;
  const { successor } = await fetchDetails(state.result.certificate).catch(() => ({}));
  if (current !== run) return;
  if (successor) location.hash = digitsIn(successor);
  else element("successor-error").textContent = say("detailsFailed");
}

/** Shown only when somebody signed it: unsigned words are not passed on. */
function renderCertificate({ verdict, reason, checks, certificate }) {
  const isSigned = certificate && checks[0].outcome !== "fail";
  element("certificate").hidden = !isSigned;
  for (const node of document.querySelectorAll("[data-field]")) node.replaceChildren();
  if (!isSigned) return;
  element("unconfirmed").hidden = verdict === "valid";
  const words = `unconfirmed.${has(`unconfirmed.${reason}`) ? reason : verdict}`;
  element("unconfirmed").textContent = verdict === "valid" ? "" : say(words);
  const fields = {
    holderName: [sealedName(certificate.holderName)],
    occupation: [sealed(certificate.occupation), aside(sealed(certificate.occupationCode))],
    specialisation: [sealed(certificate.specialisation ?? "--")],
    level: levelNodes(certificate.level),
    institutionName: [sealed(certificate.institutionName), aside(sealed(certificate.institution))],
    awardDate: [dayNode(certificate.awardDate)],
    number: [sealed(certificate.number)],
    version: [String(certificate.version)],
  };
  for (const [name, nodes] of Object.entries(fields)) {
    document.querySelector(`[data-field=${name}]`).replaceChildren(...nodes);
  }
}

function levelNodes(level) {
  const [printed, english] = levels[level] ?? [level, ""];
  return [sealed(printed), aside(english, "en")];
}

function checkRow({ check, outcome, code, issuedAt }) {
  const row = create("li");
  Object.assign(row.dataset, { check, outcome, code: code ?? "" });
  const heading = create("p", create("strong", say(`check.${check}`)), create("span", say(`outcome.${outcome}`)));
  const detail = create("p", checkDetail(check, outcome, code));
  detail.className = "detail";
  if (code) detail.append(aside(code, "en"));
  if (issuedAt) detail.append(aside(say("statusTime", { time: timeText(new Date(issuedAt * 1000)) })));
  if (check === "status" && outcome === "fail") detail.append(detailsOffer());
  const symbol = { pass: "valid", fail: "not-valid", unknown: "could-not-check", none: "none" }[outcome];
  row.append(icon(symbol), create("div", heading, detail));
  return row;
}

/** Why it is not valid, and what followed it: asked for only on a click, as it tells the server that somebody checks. */
function detailsOffer() {
  const { certificate } = state.result;
  const button = create("button", say("detailsOffer"));
  button.type = "button";
  button.id = "ask-details";
  button.addEventListener("click", async () => {
    const answer = await fetchDetails(certificate).catch(() => undefined);
    const node = answer ? detailsNode(answer) : create("span", say("detailsFailed"));
    // The answer takes the button's place in the order of reading, and is read out.
    node.tabIndex = -1;
    node.setAttribute("role", "status");
    button.replaceWith(node);
    node.focus();
  });
  return button;
}

function detailsNode({ reason, since, successor }) {
  const why = has(`why.${reason}`) ? say(`why.${reason}`) : reason;
  const node = create("span", say("details", { why, time: timeText(new Date(since * 1000)) }));
  node.id = "status-details";
  if (successor) {
    const link = create("a", say("successor"));
    link.href = `/c#${digitsIn(successor)}`;
    node.append(" ", link);
  }
  return node;
}

function checkDetail(check, outcome, code) {
  if (outcome === "fail" || outcome === "unknown") return reasonText({ reason: code ?? "other" });
  if (outcome === "none") return say(check === "status" && state.result.certificate ? "none.status" : "none.other");
  return say(`pass.${check}`);
}

function renderFooter() {
  const { view, source, result } = state;
  const list = result?.list;
  element("basis").textContent = list
    ? say("trustList", { authority: list.iss, sequence: list.sequence, time: timeText(new Date(list.iat * 1000)) }) : "";
  // Before anything is asked, each way in says for itself what it sends.
  element("privacy").textContent = view === "empty" ? "" : say({ server: "privacyServer", document: "privacyDocument", lookup: "privacyLookup" }[source] ?? (wasSent ? "privacyLink" : "privacyBrowser"), { host });
}

// Nodes

function create(name, ...children) {
  const node = document.createElement(name);
  node.append(...children);
  return node;
}

/** Text out of a seal. Its language is that of the certificate, whatever the page speaks. */
function sealed(text) {
  const node = create("bdi", text);
  node.lang = "zh-CN";
  return node;
}

/** Names are broken behind their dots. */
function sealedName(text) {
  const node = sealed("");
  node.append(...text.split("·").flatMap((part, place) => (place > 0 ? ["·", create("wbr"), part] : [part])));
  return node;
}

function aside(content, lang) {
  const node = create("span", content);
  node.className = "aside";
  if (lang) node.lang = lang;
  return node;
}

function dayNode(day) {
  const node = create("time", dayText(day));
  node.dateTime = day;
  return node;
}

function icon(name) {
  const namespace = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(namespace, "svg");
  const use = document.createElementNS(namespace, "use");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  use.setAttribute("href", `#icon-${name}`);
  svg.append(use);
  return svg;
}

const fillList = (list, items) => list.replaceChildren(...items.map((item) => create("li", item)));

element("language").addEventListener("click", switchLanguage);
element("paste").addEventListener("submit", checkPasted);
element("ask-server").addEventListener("click", askServer);
element("open-successor").addEventListener("click", openSuccessor);
element("retry").addEventListener("click", start);
element("another").addEventListener("click", startOver);
element("print").addEventListener("click", () => window.print());
element("lookup").addEventListener("submit", lookUp);
element("camera-start").addEventListener("click", scan);
element("camera-stop").addEventListener("click", stopCamera);
element("photo-choose").addEventListener("click", () => element("photo").click());
element("photo").addEventListener("change", ({ target }) => {
  readFile(target.files[0]);
  // So that the same file may be chosen again.
  target.value = "";
});
addEventListener("dragover", (event) => event.preventDefault());
addEventListener("drop", (event) => {
  event.preventDefault();
  readFile(event.dataTransfer?.files[0]);
});
addEventListener("paste", ({ clipboardData }) => readFile(clipboardData?.files[0]));
// A camera that nobody looks at is closed.
document.addEventListener("visibilitychange", () => document.hidden && input.scan === "camera" && stopCamera());
addEventListener("popstate", start);
straightenAddress();
// After the answer, so that keeping things for later does not delay it.
start().then(() => navigator.serviceWorker?.register("/sw.js")).catch(() => {});
