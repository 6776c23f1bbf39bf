// The rows of a checked file that are not plainly valid: by cause, with what to do, and a filter.

import { filled } from "./language.js";
import { bulkTexts } from "./bulk-texts.js";
import { adviceFor, texts } from "./texts.js";

const element = (id) => document.getElementById(id);
/** Rows shown of a cause at first, and with each further click. */
const page = 20;
const outcomes = { "not-valid": "fail", "could-not-check": "unknown" };
/** Advice for somebody's own device, where it was the server that checked. */
const ofDevice = ["retry", "invalidList", "dates", "algorithm-unsupported", "status-unsupported"];

/** What is chosen and how much of each cause is shown, of the file that `found` came with. */
let view = { found: undefined, chosen: "", shown: {} };

/** What is wrong and what to do: of a row, as this page words it, else of a seal. */
export function wordsOf(reason, language) {
  const advice = adviceFor[reason] ?? reason;
  const next = ofDevice.includes(advice)
    ? bulkTexts[language].nextServer : (texts[language][`next.${advice}`] ?? []).join(language === "zh" ? "" : " ");
  const [what, own] = bulkTexts[language][`row.${reason}`] ?? [texts[language][`reason.${reason}`]];
  return what ? [what.replace(/[。.]$/, ""), own || next] : [reason, ""];
}

/**
 * @param found of the server, undefined before there is anything, null where it could not be had.
 * @param say words of this page, with their values filled in.
 */
export function renderExceptions(found, language, say) {
  if (view.found !== found) view = { found, chosen: "", shown: {} };
  element("exceptions").hidden = found === undefined;
  if (found === undefined) return;
  const again = () => renderExceptions(found, language, say);
  const totals = found?.totalsRows ?? [];
  element("totals-rows").textContent =
    totals.length ? say("totalsRows", { list: totals.slice(0, 10).join(", ") + (totals.length > 10 ? " …" : "") }) : "";
  const sorted = [...(found?.causes ?? [])].sort((a, b) =>
    (a.verdict === "not-valid" ? 0 : 1) - (b.verdict === "not-valid" ? 0 : 1) || b.count - a.count);
  const total = sorted.reduce((sum, { count }) => sum + count, 0);
  const number = new Intl.NumberFormat(language === "zh" ? "zh-CN" : "en");
  const counted = (key, rows, values = {}) => say(key, { rows: number.format(rows), ...values });
  element("exceptions-lead").textContent =
    found === null ? say("exceptionsFailed") : total ? counted("exceptionsLead", total) : say("allValid");
  element("filter").hidden = sorted.length < 2;
  renderFilter(sorted, total, language, say, counted);
  element("cause").onchange = ({ target }) => {
    view.chosen = target.value;
    again();
  };
  const chosen = sorted.filter((cause) => ["", cause.verdict, key(cause)].includes(view.chosen));
  element("causes").replaceChildren(...chosen.map((cause) => section(cause, language, say, counted, again)));
}

const key = ({ verdict, reason }) => `${verdict} ${reason}`;

function renderFilter(causes, total, language, say, counted) {
  const options = [new Option(counted("every", total), "")];
  for (const verdict of Object.keys(outcomes)) {
    const own = causes.filter((cause) => cause.verdict === verdict);
    if (own.length === 0) continue;
    const rows = own.reduce((sum, { count }) => sum + count, 0);
    options.push(new Option(counted("causeOption", rows, { cause: say(verdict) }), verdict));
    if (own.length === 1) continue;
    for (const cause of own) {
      const words = wordsOf(cause.reason, language)[0];
      options.push(new Option(`\u2003${counted("causeOption", cause.count, { cause: words })}`, key(cause)));
    }
  }
  element("cause").replaceChildren(...options);
  element("cause").value = view.chosen;
}

function section(cause, language, say, counted, again) {
  const [what, next] = wordsOf(cause.reason, language);
  const heading = create("h3", create("span", say(cause.verdict)), ` · ${counted("causeOption", cause.count, { cause: what })}`);
  const shown = Math.min(view.shown[key(cause)] ?? page, cause.rows.length);
  const list = create("ul", ...cause.rows.slice(0, shown).map((row) => item(row, language, say)));
  const node = create("section", heading, create("p", next), list);
  node.className = "cause";
  Object.assign(node.dataset, { outcome: outcomes[cause.verdict], reason: cause.reason });
  if (shown < cause.rows.length) {
    const more = create("button", counted("showMore", Math.min(page, cause.rows.length - shown)));
    more.type = "button";
    more.addEventListener("click", () => {
      view.shown[key(cause)] = shown + page;
      again();
      // Reading goes on with the first of the new rows.
      const row = document.querySelector(`[data-reason="${cause.reason}"] li:nth-child(${shown + 1})`);
      row.tabIndex = -1;
      row.focus();
    });
    node.append(more);
  } else if (cause.count > cause.rows.length) {
    const whole = create("button", say("result"));
    whole.type = "button";
    whole.addEventListener("click", () => element("result").click());
    node.append(create("p", counted("cutOff", cause.rows.length)), whole);
  }
  return node;
}

/** What the row has, then what is sealed where it is something else. */
function item({ row, file, number, name, sealedNumber, sealedName, validFrom }, language, say) {
  const head = create("p", create("strong", file ? bdi(file) : say("row", { row })));
  if (name) head.append(bdi(name));
  if (number) head.append(bdi(number, "code"));
  const node = create("li", head);
  const add = (label, text) => {
    const line = create("p", say(label, { text }));
    line.className = "fine";
    node.append(line);
  };
  if (sealedName) add("sealedName", sealedName);
  if (sealedNumber) add("sealedNumber", sealedNumber);
  if (validFrom) node.append(create("p", filled(texts[language].validFrom, { date: validFrom })));
  return node;
}

function bdi(text, className = "") {
  const node = create("bdi", text);
  node.className = className;
  return node;
}

function create(name, ...children) {
  const node = document.createElement(name);
  node.append(...children);
  return node;
}
