#!/usr/bin/env python3
"""The page for many certificates, in a real browser on a real server: drop a file, see it checked, fetch result and
receipt. Usage: bulk.py --signet PROGRAM [--screenshots DIR]"""

import csv
import io
import sys

from behaviour import expect
from chromium import Page
from harness import Installation, drop_file, main, state, text


class Office(Installation):
    """A server that gives receipts."""

    def options(self):
        return "--receipts", "--trusted-proxy", "127.0.0.1"


def opened(browser, office, **options):
    page = Page(browser, **options)
    page.open(office.base + "/bulk")
    page.wait("document.querySelector('main')?.dataset.state === 'empty' && document.querySelector('h1').textContent")
    return page


def rows(*lines):
    out = io.StringIO()
    csv.writer(out).writerows(lines)
    return out.getvalue().encode()


def send(page, office):
    drop_file(page, rows(["remark", "qr"], ["=1+1", office.text], ["b", office.text[:-2]]), "hires.csv", "text/csv")
    state(page, "done")


def checked(browser, office):
    with opened(browser, office, language="en-GB") as page:
        page.run("""window.saved = []; HTMLAnchorElement.prototype.click = function () {
          saved.push({ name: this.download }); }; true""")
        expect("deleted" in text(page, "#notice"), "not said before that the file is sent")
        send(page, office)
        expect("2" in text(page, "#state"), "how many")
        counts = [text(page, f"#count-{name}") for name in ("valid", "not-valid", "could-not-check")]
        expect(counts == ["1", "0", "1"], f"counts {counts}")
        for button in ("#result", "#receipt"):
            page.click(button)
        page.wait("saved.length === 2")
        names = page.run("saved.map(({ name }) => name)")
        expect(sorted(names) == ["hires.checked.csv", "hires.receipt.jwt"], f"names {names}")
        page.click("#another")
        state(page, "empty")


def refused(browser, office):
    with opened(browser, office, language="en-GB") as page:
        drop_file(page, b"a,b\n1,2\n", "a.csv", "text/csv")
        state(page, "failed")
        expect("header" in text(page, "#error"), text(page, "#error"))
        page.click("#language")
        expect("表头" in text(page, "#error"), "the other language")


def guarded(browser, office):
    """Names of files are texts, and nothing but our own files runs."""
    with opened(browser, office) as page:
        drop_file(page, rows(["qr"], ["1"]), "<img src=x onerror=window.hit=1>.csv", "text/csv")
        state(page, "done")
        expect(page.run("window.hit === undefined && !document.querySelector('main img')"), "a name became markup")
        page.run("const s = document.createElement('script'); s.textContent = 'window.hit = 1';"
                 "document.body.append(s); true")
        expect(page.run("window.hit === undefined"), "a script in the page ran (control of the policy)")


def show(browser, office, wanted, **options):
    page = opened(browser, office, **options)
    if wanted == "done":
        send(page, office)
    if wanted == "failed":
        drop_file(page, b"a,b\n1,2\n", "a.csv", "text/csv")
        state(page, "failed")
    if wanted == "running":
        # As it is in the middle of many, whose answer does not come.
        page.run("""window.fetch = async () => new Response(JSON.stringify({ id: "a", state: "running", rows: 3000,
          done: 1240, verdicts: { valid: 1236, "not-valid": 3, "could-not-check": 1 } }));
          true""")
        drop_file(page, rows(["qr"], ["1"]), "hires.csv", "text/csv")
        state(page, "running")
    return page


if __name__ == "__main__":
    sys.exit(main(__doc__, Office, (checked, refused, guarded), show, ("empty", "running", "done", "failed")))
