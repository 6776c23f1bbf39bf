// The page for many certificates: sends a file, shows how far it is, and fetches result and receipt.

import { bulkTexts as texts } from "./bulk-texts.js";
import { renderExceptions } from "./exceptions.js";
import { filled, otherLanguage, preferredLanguage } from "./language.js";

const element = (id) => document.getElementById(id);
const main = document.querySelector("main");
const config = JSON.parse(element("config").textContent);
const pause = 400;

/** `phase` is empty, sending, waiting, running, done or failed. */
let state = { phase: "empty" };
let language = preferredLanguage();
/** Raised by each start, so that a slow answer never lands on a newer file. */
let run = 0;
let sending = null;

function switchLanguage() {
  language = otherLanguage(language);
  render();
}

const say = (key, values = {}) => filled(texts[language][key], values);

const number = (value) => new Intl.NumberFormat(language === "zh" ? "zh-CN" : "en").format(value);

const mediaTypes = {
  csv: "text/csv", txt: "text/plain", zip: "application/zip", pdf: "application/pdf", jpg: "image/jpeg",
  jpeg: "image/jpeg", png: "image/png", webp: "image/webp",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
};

/** By the name's ending; the server looks at the content. */
const mediaType = (file) =>
  mediaTypes[file.name.split(".").pop().toLowerCase()] ?? "application/octet-stream";

class ProblemError extends Error {
  /** `words` are the server's own in both languages, which name rows and columns; a proxy has none. */
  constructor(type, words) {
    super(type);
    Object.assign(this, { type, words });
  }
}

const problemOf = ({ type, detail, detailZh }) => new ProblemError(String(type), { zh: detailZh, en: detail });

/** What a proxy in front of the server says has no problem document. */
const proxyProblems = { 413: "too-large", 502: "away", 503: "away", 504: "away" };

async function problemOfResponse(response) {
  const problem = await response.json().catch(() => null);
  return problem?.type ? problemOf(problem) : new ProblemError(proxyProblems[response.status] ?? "");
}

async function request(path, options = {}) {
  const key = state.key;
  const headers = { ...options.headers, ...(key ? { Authorization: `Bearer ${key}` } : {}) };
  const response = await fetch(path, { ...options, headers }).catch((error) => {
    throw navigator.onLine ? error : new ProblemError("offline");
  });
  if (response.ok) return response;
  throw await problemOfResponse(response);
}

async function start(file) {
  run += 1;
  const mine = run;
  sending = new AbortController();
  state = { phase: "sending", name: file.name, key: element("key").value.trim() };
  render();
  element("state").focus();
  try {
    const response = await request("/v1/verifications", {
      method: "POST", body: file, signal: sending.signal, headers: { "Content-Type": mediaType(file) },
    });
    await follow(await response.json(), mine);
  } catch (error) {
    if (mine !== run) return;
    state = { ...state, phase: "failed", problem: error };
    render();
  }
}

/** Looks again and again until it is done. */
async function follow(job, mine) {
  while (mine === run) {
    const phase = job.state;
    if (phase === "failed") throw problemOf(job.problem);
    const exceptions = phase === "done" ? await fetchExceptions(job) : undefined;
    if (mine !== run) return;
    state = { ...state, phase, job, exceptions };
    render();
    if (phase === "done") return;
    await new Promise((resolve) => setTimeout(resolve, pause));
    if (mine === run) job = await (await request(`/v1/verifications/${job.id}`)).json();
  }
}

/** The rows that are not plainly valid, by cause; null when they cannot be had. */
const fetchExceptions = (job) =>
  request(job.exceptions).then((response) => response.json()).catch(() => null);

function leave() {
  run += 1;
  sending?.abort();
  const { job, phase } = state;
  if (job && phase !== "done") request(`/v1/verifications/${job.id}`, { method: "DELETE" }).catch(() => {});
  state = { phase: "empty" };
  render();
  element("choose").focus();
}

/** Fetched, as a link could not show the key. */
async function download(path, name) {
  try {
    const blob = await (await request(path)).blob();
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  } catch (error) {
    state = { ...state, problem: error };
    render();
  }
}

const stem = () => state.name.replace(/\.[^.]*$/, "");
const isText = () => /\.(csv|txt)$/i.test(state.name);

// What is shown

function headline() {
  const { phase, job } = state;
  if (phase === "running") {
    return job.rows ? say("running", { done: number(job.done), rows: number(job.rows) }) : say("counting");
  }
  if (phase === "done") return say("done", { rows: number(job.rows) });
  if (phase === "failed") return say("stopped");
  return phase === "empty" ? "" : say(phase);
}

function problemText() {
  const { problem } = state;
  if (!problem) return "";
  const key = `problem.${problem.type}`;
  return problem.words?.[language] ?? say(Object.hasOwn(texts[language], key) ? key : "failed");
}

function renderProgress() {
  const { phase, job } = state;
  const bar = element("bar");
  bar.hidden = phase === "failed";
  if (job?.rows) {
    bar.max = job.rows;
    bar.value = job.done;
  } else {
    bar.removeAttribute("value");
  }
  element("counts").hidden = !job?.verdicts;
  for (const outcome of ["valid", "not-valid", "could-not-check"]) {
    element(`count-${outcome}`).textContent = number(job?.verdicts?.[outcome] ?? 0);
  }
  const isOver = phase === "done" || phase === "failed";
  element("result").hidden = phase !== "done";
  element("receipt").hidden = !(phase === "done" && job.receipt);
  element("receipt-hint").hidden = element("receipt").hidden;
  element("stop").hidden = isOver;
  element("another").hidden = !isOver;
}

function render() {
  document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
  document.title = say("title");
  for (const node of document.querySelectorAll("[data-text]")) node.textContent = say(node.dataset.text);
  element("language").textContent = language === "zh" ? "English" : "中文";
  element("language").lang = language === "zh" ? "en" : "zh-CN";
  element("notice").textContent = say("notice", { host: location.host });
  element("authority").textContent = config.authority;
  main.dataset.state = state.phase;
  element("send").hidden = state.phase !== "empty";
  element("progress").hidden = state.phase === "empty";
  element("name").textContent = state.name ?? "";
  const line = headline();
  if (element("state").textContent !== line) element("state").textContent = line;
  element("error").textContent = problemText();
  renderProgress();
  renderExceptions(state.phase === "done" ? state.exceptions : undefined, language, say);
}

// What people do

element("language").addEventListener("click", switchLanguage);
element("choose").addEventListener("click", () => element("file").click());
element("file").addEventListener("change", ({ target }) => {
  const [file] = target.files;
  target.value = "";
  if (file) start(file);
});
element("stop").addEventListener("click", leave);
element("another").addEventListener("click", leave);
element("result").addEventListener("click", () =>
  download(state.job.result, `${stem()}.checked.${isText() ? "csv" : "xlsx"}`));
element("receipt").addEventListener("click", () => download(state.job.receipt, `${stem()}.receipt.jwt`));

addEventListener("dragover", (event) => {
  event.preventDefault();
  main.dataset.drop = "over";
});
addEventListener("dragleave", () => delete main.dataset.drop);
addEventListener("drop", (event) => {
  event.preventDefault();
  delete main.dataset.drop;
  const [file] = event.dataTransfer.files;
  if (file && state.phase === "empty") start(file);
});

render();
