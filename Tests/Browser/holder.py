#!/usr/bin/env python3
"""A holder's way in a real browser on a real server: from the claim link to an employer who opens a share code, and
to its cancelling. Usage: holder.py --signet PROGRAM [--screenshots DIR]"""

import base64
import csv
import json
import pathlib
import sys
import urllib.parse

from PIL import Image, ImageDraw

from behaviour import expect
from chromium import Page
from harness import Installation, main, state, text

PASSPHRASE = "quiet river lamp"
MARK = b"taken at home"
RECORDED = """HTMLAnchorElement.prototype.click = function () { (window.saved ??= []).push(this.download); }; true"""


def portrait():
    """A face as simple as it gets, of nobody."""
    picture = Image.new("RGB", (700, 900), "#b9d3e8")
    draw = ImageDraw.Draw(picture)
    draw.ellipse((80, 620, 620, 1300), fill="#2b3a55")
    draw.ellipse((200, 180, 500, 620), fill="#e8bf9a")
    draw.pieslice((190, 150, 510, 520), 180, 360, fill="#1c1c1c")
    return picture


class School(Installation):
    """A server that makes documents and has one photo, and an invitation of its holder."""

    def options(self):
        photos = pathlib.Path(self.folder, "photos")
        own = photos / json.loads(self.call("verify", "--json", self.text, codes=(0, 1, 2)))["certificate"]["institution"]
        own.mkdir(parents=True, exist_ok=True)
        portrait().save(own / f"{self.number}.jpg", comment=MARK)
        self.call("documents", "approve", "--all", "--photos", str(photos), "--yes")
        return "--documents", "--photos", str(photos)

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


def shared(page, label="Example Ltd", everything=True):
    page.run("document.getElementById('label').focus()")
    page.type(label)
    for box in ("scores", "share-photo"):
        page.run(f"document.getElementById('{box}').checked = {str(everything).lower()}")
    before = text(page, "#fresh-code")
    page.click("#share .primary")
    page.wait(f"!['', {json.dumps(before)}].includes(document.getElementById('fresh-code').textContent)")
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
        bare, code = shared(page, "Bare Ltd", everything=False), shared(page)
        expect("Bare Ltd" in text(page, "#shares") and "Example Ltd" in text(page, "#shares"), "who has which code")
        employer(browser, school, code)
        nothing_more(browser, school, bare)
        page.click("#shares li:last-child button")
        page.wait("document.querySelectorAll('#shares li').length === 1")
        expect(text(page, "#shares bdi") == "Bare Ltd", "another code was cancelled")
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
        shown = text(page, "main")
        expect("Issued by a registered institution" in shown and school.name in shown and "until" in shown,
               "what the employer sees")
        expect("score" in text(page, "#fields"), "no scores")
        expect("Example Ltd" not in shown, "the holder's label is shown")
        page.wait("document.getElementById('photo').naturalWidth === 360")
        photo = base64.b64decode(page.run("document.getElementById('photo').src").split(",")[1])
        expect(photo.startswith(b"\xff\xd8") and MARK not in photo, "what the camera wrote is in the photo")
        expect(page.complaints == [], f"console: {page.complaints}")
        expect(page.run("document.getElementById('mine').hidden"), "the holder's part is shown")
        page.click("#language")
        expect("成绩" in text(page, "#fields") and "可查看至" in text(page, "#until"), "the other language")
    with opened(browser, school, "/s", "open") as page:
        fill(page, {"code": code.lower().replace("-", " ")})
        state(page, "shown")


def nothing_more(browser, school, code):
    """Control: a code made without them shows neither scores nor photo."""
    with opened(browser, school, "/s#" + code, "shown") as page:
        expect(school.name in text(page, "#held") and "score" not in text(page, "#fields"), "what is shown")
        expect(page.run("!document.getElementById('photo').checkVisibility()"), "the photo is shown")
        expect(page.run("!document.getElementById('photo').src"), "the photo was sent")


def suspended(browser, school):
    """A code shows how things stand now, and why."""
    with claimed(browser, school) as page:
        code = shared(page)
    for act, reason, verdict, words in (
        ("suspend", "under-investigation", "not-valid", "suspended"),
        ("reinstate", "investigation-closed", "valid", "complete and unchanged"),
    ):
        school.call(act, school.number, "--reason", reason, "--note", "a test")
        school.stop()
        school.start()
        with opened(browser, school, "/s#" + code, "shown") as page:
            expect(page.run("document.querySelector('main').dataset.verdict") == verdict, f"after {act}")
            expect(words in text(page, "#reason"), f"after {act} it says {text(page, '#reason')}")


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


STATES = ("sign-in", "claim", "open", "held", "shown")


def spoilt_link(browser, school):
    """A link that was cut or mistyped still opens the page, which then says what is wrong."""
    with opened(browser, school, "/h#%E0", "claim") as page:
        expect(page.complaints == [], f"console: {page.complaints}")


if __name__ == "__main__":
    sys.exit(main(__doc__, School, (whole_way, suspended, signed_in_again, spoilt_link), show, STATES))
