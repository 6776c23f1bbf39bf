#!/usr/bin/env python3
"""A holder's way in a real browser on a real server: from the claim link to an employer who opens a share code, and
to its cancelling. Usage: holder.py --signet PROGRAM [--screenshots DIR]"""

import argparse
import csv
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import urllib.parse

from behaviour import CONTRAST, expect
from bulk import RULES
from chromium import BrowserError, Chromium, Page
from employer import AXE, Installation

PASSPHRASE = "quiet river lamp"
RECORDED = """HTMLAnchorElement.prototype.click = function () { (window.saved ??= []).push(this.download); }; true"""


class School(Installation):
    """A server that makes documents, and an invitation of one holder."""

    def start(self, port=0):
        token = pathlib.Path(self.folder, "token")
        token.write_text("t" * 40)
        token.chmod(0o600)
        self.server = subprocess.Popen(
            [self.signet, "serve", "--port", str(port), "--documents-token", str(token)], env=self.environment,
            stdout=subprocess.PIPE, text=True)
        self.base = self.server.stdout.readline().split()[-1]

    def invitation(self):
        out = pathlib.Path(self.folder, "claims.csv")
        out.unlink(missing_ok=True)
        self.call("holders", "invite", "--number", self.number, "--out", str(out))
        expect(out.stat().st_mode & 0o777 == 0o600, "others can read the links")
        link = list(csv.reader(out.open(encoding="utf-8-sig")))[1][2]
        expect(link.startswith("https://verify.example.org/h#"), "the link's address")
        return "/h#" + link.split("#")[1]


def opened(browser, school, path, wanted, **options):
    page = Page(browser, **{"language": "en-GB", **options})
    page.open(school.base + path)
    state(page, wanted)
    return page


def state(page, wanted):
    page.wait(f"document.querySelector('main')?.dataset.state === '{wanted}'")


def text(page, selector):
    return page.run(f"document.querySelector({json.dumps(selector)}).textContent")


def fill(page, values):
    """By keyboard: each field in turn, then Enter."""
    for field, value in values.items():
        page.run(f"document.getElementById('{field}').focus()")
        page.type(value)
    page.press("Enter", 13)


def claimed(browser, school, **options):
    page = opened(browser, school, school.invitation(), "claim", **options)
    fill(page, {"new-passphrase": PASSPHRASE, "again": PASSPHRASE})
    state(page, "held")
    return page


def shared(page):
    page.run("document.getElementById('scores').checked = true")
    page.click("#share .primary")
    page.wait("!document.getElementById('fresh').hidden")
    return text(page, "#fresh-code")


def whole_way(browser, school):
    link = school.invitation()
    with opened(browser, school, link, "claim") as page:
        page.run(RECORDED)
        expect(page.run("location.hash === ''"), "the token stays in the address")
        fill(page, {"new-passphrase": PASSPHRASE, "again": PASSPHRASE + "x"})
        page.wait("document.getElementById('error').textContent.includes('differ')")
        page.run("document.getElementById('again').value = ''")
        fill(page, {"again": PASSPHRASE})
        state(page, "held")
        expect(text(page, "#standing") == "Valid" and school.name in text(page, "#fields"), "the certificate")
        linkedin(page, school)
        page.click("#download")
        page.wait("window.saved?.length === 1")
        expect(page.run("saved[0]") == school.number + ".pdf", "the PDF")
        code = shared(page)
        employer(browser, school, code)
        page.click("#shares button")
        page.wait("document.querySelectorAll('#shares li').length === 0")
        with opened(browser, school, "/s#" + code, "open") as stranger:
            stranger.wait("document.getElementById('error').textContent.includes('cancelled')")
            expect(school.name not in text(stranger, "main"), "shown though cancelled")
        expect(page.complaints == [], f"console: {page.complaints}")
    with opened(browser, school, link, "claim") as page:
        fill(page, {"new-passphrase": PASSPHRASE, "again": PASSPHRASE})
        page.wait("document.getElementById('error').textContent.includes('used')")


def linkedin(page, school):
    query = urllib.parse.parse_qs(page.run("document.getElementById('linkedin').search").lstrip("?"))
    expect(query["certUrl"] == [school.text] and query["certId"] == [school.number], f"LinkedIn: {query}")
    expect(query["issueYear"] == ["2026"] and query["issueMonth"] == ["7"], f"LinkedIn: {query}")
    expect("noreferrer" in page.run("document.getElementById('linkedin').rel"), "LinkedIn learns from where")


def employer(browser, school, code):
    with opened(browser, school, "/s#" + code, "shown") as page:
        shown = text(page, "#held")
        expect("Valid" in shown and school.name in shown and "until" in shown, "what the employer sees")
        expect("score" in shown, "no scores")
        expect(page.run("document.getElementById('mine').hidden"), "the holder's part is shown")
        page.click("#language")
        expect("成绩" in text(page, "#held") and "可查看至" in text(page, "#held"), "the other language")
    with opened(browser, school, "/s", "open") as page:
        fill(page, {"code": code.lower().replace("-", " ")})
        state(page, "shown")


def signed_in_again(browser, school):
    claimed(browser, school).__exit__()
    with opened(browser, school, "/h", "sign-in") as page:
        fill(page, {"number": school.number, "passphrase": "something else"})
        page.wait("document.getElementById('error').textContent.includes('wrong')")
        page.run("document.getElementById('passphrase').value = ''; document.getElementById('number').value = ''")
        fill(page, {"number": school.number, "passphrase": PASSPHRASE})
        state(page, "held")


def show(browser, school, wanted, **options):
    if wanted in ("claim", "held", "shown"):
        page = claimed(browser, school, **options) if wanted != "claim" else opened(
            browser, school, "/h#" + "A" * 22, "claim", **options)
        if wanted == "claim":
            return page
        code = shared(page)
        if wanted == "held":
            return page
        page.__exit__()
        return opened(browser, school, "/s#" + code, "shown", **options)
    return opened(browser, school, {"sign-in": "/h", "open": "/s"}[wanted], wanted, **options)


STATES = ("claim", "sign-in", "open", "held", "shown")


def accessible(browser, school):
    for wanted in STATES:
        for dark, language, width in ((False, "zh-CN", 320), (True, "en-GB", 1280)):
            with show(browser, school, wanted, dark=dark, language=language, width=width) as page:
                expect(page.run("document.documentElement.scrollWidth <= innerWidth"), f"{wanted}: wider than {width}")
                page.run(AXE.read_text() + ";true")
                expect(page.run(RULES) == [], f"{wanted}, {language}: {page.run(RULES)}")
                expect(page.run(CONTRAST) == [], f"{wanted}: contrast {page.run(CONTRAST)}")


def spoilt_link(browser, school):
    """A link that was cut or mistyped still opens the page, which then says what is wrong."""
    with opened(browser, school, "/h#%E0", "claim") as page:
        expect(page.complaints == [], f"console: {page.complaints}")


def axe_control(browser, school):
    with opened(browser, school, "/h", "sign-in") as page:
        page.run(AXE.read_text() + ";document.querySelector('label[for=number]').remove();true")
        found = page.run(RULES)
        expect(any(rule.startswith("label") for rule in found), f"axe did not see a missing label: {found}")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--signet", required=True)
    parser.add_argument("--screenshots", type=pathlib.Path)
    options = parser.parse_args()
    failed = 0
    with tempfile.TemporaryDirectory(prefix="holder-page-") as folder:
        school = School(os.path.abspath(options.signet), folder)
        browser = Chromium()
        try:
            # Each with a server of its own, as holders are limited.
            for test in (whole_way, signed_in_again, spoilt_link, accessible, axe_control):
                school.start()
                try:
                    test(browser, school)
                    print(f"ok   {test.__name__.replace('_', ' ')}")
                except (AssertionError, BrowserError) as error:
                    failed += 1
                    print(f"FAIL {test.__name__.replace('_', ' ')}: {error}")
                finally:
                    school.stop()
            if options.screenshots:
                options.screenshots.mkdir(parents=True, exist_ok=True)
                school.start()
                for wanted in STATES:
                    with show(browser, school, wanted) as page:
                        page.screenshot(options.screenshots / f"holder-{wanted}.png")
        finally:
            browser.stop()
            school.stop()
    print(f"{failed} failed")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
