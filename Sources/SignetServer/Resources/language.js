// The language of the pages beside the first, which has its own so as to ask for one file less.

const key = "signet.language";

/** What was chosen on any of the pages, else the browser's: zh or en. */
export function preferredLanguage() {
  let stored = "";
  try {
    stored = localStorage.getItem(key) ?? "";
  } catch {
    // Then the browser's own.
  }
  if (["zh", "en"].includes(stored)) return stored;
  return navigator.language.toLowerCase().startsWith("zh") ? "zh" : "en";
}

/** The other of the two, remembered where the browser lets us; else it holds for this visit. */
export function otherLanguage(language) {
  const other = language === "zh" ? "en" : "zh";
  try {
    localStorage.setItem(key, other);
  } catch {
    // Nothing more to do.
  }
  return other;
}

/** A text with its values filled in, each isolated by Unicode marks (FSI … PDI). */
export const filled = (text, values) =>
  text.replace(/\{(\w+)\}/g, (_, name) => `\u2068${values[name]}\u2069`);
