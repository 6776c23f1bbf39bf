#!/usr/bin/env python3
"""The page for many certificates, in a real browser on a real server: drop a file, see it checked, fetch result and
receipt. Usage: bulk.py --signet PROGRAM [--screenshots DIR]"""

import argparse
import csv
import io
import json
import os
import pathlib
import subprocess
import sys
import tempfile

from behaviour import CONTRAST, expect
from chromium import BrowserError, Chromium, Page
from employer import AXE, Installation, drop_file

STATES = ("empty", "done", "failed")
RULES = """axe.run(document, { resultTypes: ["violations"], runOnly: { type: "tag",
  values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] } })
  .then(({ violations }) => violations.map(({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 90)}`))"""


class Office(Installation):
    """A server that gives receipts."""

    def start(self, port=0):
        self.server = subprocess.Popen([self.signet, "serve", "--port", str(port), "--receipts", "--trusted-proxy",
                                        "127.0.0.1"], env=self.environment, stdout=subprocess.PIPE, text=True)
        self.base = self.server.stdout.readline().split()[-1]


def opened(browser, office, **options):
    page = Page(browser, **options)
    page.open(office.base + "/bulk")
    page.wait("document.querySelector('main')?.dataset.state === 'empty' && document.querySelector('h1').textContent")
    return page


def rows(*lines):
    out = io.StringIO()
    csv.writer(out).writerows(lines)
    return out.getvalue().encode()


def state(page, wanted):
    page.wait(f"document.querySelector('main').dataset.state === '{wanted}'")


def shown(page, selector):
    return page.run(f"document.querySelector({json.dumps(selector)}).textContent")


def send(page, office):
    drop_file(page, rows(["remark", "qr"], ["=1+1", office.text], ["b", office.text[:-2]]), "hires.csv", "text/csv")
    state(page, "done")


def checked(browser, office):
    with opened(browser, office, language="en-GB") as page:
        page.run("""window.saved = []; HTMLAnchorElement.prototype.click = function () {
          saved.push({ name: this.download }); }; true""")
        expect("deleted" in shown(page, "#notice"), "not said before that the file is sent")
        send(page, office)
        expect("2" in shown(page, "#state"), "how many")
        counts = [shown(page, f"#count-{name}") for name in ("valid", "not-valid", "could-not-check")]
        expect(counts == ["1", "1", "0"], f"counts {counts}")
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
        expect("header" in shown(page, "#error"), shown(page, "#error"))
        page.click("#language")
        expect("表头" in shown(page, "#error"), "the other language")


def guarded(browser, office):
    """Names of files are texts, and nothing but our own files runs."""
    with opened(browser, office) as page:
        drop_file(page, rows(["qr"], ["1"]), "<img src=x onerror=window.hit=1>.csv", "text/csv")
        state(page, "done")
        expect(page.run("window.hit === undefined && !document.querySelector('main img')"), "a name became markup")
        page.run("const s = document.createElement('script'); s.textContent = 'window.hit = 1';"
                 "document.body.append(s); true")
        expect(page.run("window.hit === undefined"), "a script in the page ran (control of the policy)")


def narrow(browser, office):
    for width in (320, 1280):
        with opened(browser, office, width=width) as page:
            send(page, office)
            expect(page.run("document.documentElement.scrollWidth <= innerWidth"), f"wider than {width}")


def show(page, office, wanted):
    if wanted == "done":
        send(page, office)
    if wanted == "failed":
        drop_file(page, b"a,b\n1,2\n", "a.csv", "text/csv")
        state(page, "failed")


def accessible(browser, office):
    for wanted in STATES:
        for dark, language, width in ((False, "zh-CN", 390), (True, "en-GB", 1280)):
            with opened(browser, office, dark=dark, language=language, width=width) as page:
                show(page, office, wanted)
                page.run(AXE.read_text() + ";true")
                violations = page.run(RULES)
                expect(violations == [], f"{wanted}, {language}: {violations}")
                expect(page.run(CONTRAST) == [], f"{wanted}: contrast {page.run(CONTRAST)}")


def axe_control(browser, office):
    with opened(browser, office) as page:
        page.run(AXE.read_text() + ";document.querySelector('label').remove();true")
        found = page.run(RULES)
        expect(any(text.startswith("label") for text in found), f"axe did not see a missing label: {found}")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--signet", required=True)
    parser.add_argument("--screenshots", type=pathlib.Path)
    options = parser.parse_args()
    failed = 0
    with tempfile.TemporaryDirectory(prefix="bulk-page-") as folder:
        office = Office(os.path.abspath(options.signet), folder)
        browser = Chromium()
        try:
            # Each with a server of its own, as strangers are limited.
            for test in (checked, refused, guarded, narrow, accessible, axe_control):
                office.start()
                try:
                    test(browser, office)
                    print(f"ok   {test.__name__.replace('_', ' ')}")
                except (AssertionError, BrowserError) as error:
                    failed += 1
                    print(f"FAIL {test.__name__.replace('_', ' ')}: {error}")
                finally:
                    office.stop()
            if options.screenshots:
                options.screenshots.mkdir(parents=True, exist_ok=True)
                office.start()
                for wanted in STATES:
                    for dark, width, language in ((False, 390, "zh-CN"), (True, 1280, "en-GB")):
                        with opened(browser, office, dark=dark, width=width, height=900, language=language) as page:
                            show(page, office, wanted)
                            page.screenshot(options.screenshots / f"bulk-{wanted}-{width}.png")
        finally:
            browser.stop()
            office.stop()
    print(f"{failed} failed")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
