#!/usr/bin/env python3
"""Every way in, in a real browser on a real server: a fake camera that sees a photographed page, a photo, a
number, no network. Usage: employer.py --signet PROGRAM [--screenshots DIR]"""

import argparse
import base64
import importlib.util
import io
import json
import os
import pathlib
import random
import re
import subprocess
import sys
import tempfile

from PIL import Image, ImageDraw, ImageFilter

from behaviour import CONTRAST, expect
from chromium import BrowserError, Chromium, Page

AXE = pathlib.Path(importlib.util.find_spec("axe_core_python").origin).parent / "axe.min.js"


class Installation:
    """A sample region with its certificates issued, and a server on a port of the system's choice."""

    def __init__(self, signet, folder):
        self.signet, self.folder = signet, folder
        self.environment = {**os.environ, "SIGNET_PASSPHRASE": "test", "SIGNET_HOME": f"{folder}/home"}
        self.call("sample", "--out", f"{folder}/sample", "--candidates", "60")
        self.call("init", "--authority", "潍坊市职业技能鉴定中心", "--host", "verify.example.org")
        self.call("registry", "import", "--folder", f"{folder}/sample")
        self.call("keys", "create", "--all")
        self.call("keys", "certify", "--all")
        self.call("trust", "publish")
        sheets = sorted(str(path) for path in pathlib.Path(folder, "sample/results").glob("*.csv"))
        self.call("issue", *sheets, "--award-date", "2026-07-10", "--yes", codes=(0, 1))
        issued = "".join(path.read_text("utf-8-sig") for path in pathlib.Path(folder, "home/issued").glob("*.issued.csv"))
        line = next(line for line in issued.splitlines() if "https://" in line)
        self.text = re.search(r"https://[^\s,\"]+", line).group()
        self.number = re.search(r"Y[0-9]{21}", line).group()
        self.name = json.loads(self.call("verify", "--json", self.text))["certificate"]["holderName"]
        self.call("documents", "make", "--batch", "1", "--out", f"{folder}/documents")
        self.document = next(iter(sorted(pathlib.Path(folder, "documents").glob("*.pdf")))).read_bytes()
        self.server = None

    def call(self, *arguments, codes=(0,)):
        done = subprocess.run([self.signet, *arguments], env=self.environment, capture_output=True, text=True, timeout=120)
        expect(done.returncode in codes, f"signet {arguments[0]}: {done.returncode} {done.stderr[-500:]}")
        return done.stdout

    def start(self, port=0):
        self.server = subprocess.Popen(
            [self.signet, "serve", "--port", str(port)], env=self.environment, stdout=subprocess.PIPE, text=True)
        self.base = self.server.stdout.readline().split()[-1]
        self.port = int(self.base.rsplit(":", 1)[1])

    def stop(self):
        if self.server:
            self.server.terminate()
            self.server.wait(timeout=20)
            self.server = None


def photographed(signet, text, folder):
    """A printed page on a table, seen from the side, a little out of focus, by a grainy sensor."""
    clean = f"{folder}/code.png"
    signet.call("qr", text, "--out", clean)
    page = Image.new("L", (1000, 1414), 248)
    draw = ImageDraw.Draw(page)
    for y in range(200, 800, 70):
        draw.rectangle((140, y, 140 + 500 - y % 90, y + 14), fill=60)
    page.paste(Image.open(clean).convert("L").resize((430, 430)), (480, 900))
    table = Image.new("L", (1280, 1600), 95)
    table.paste(page, (140, 90))
    tilted = table.transform(
        (1280, 1600), Image.Transform.QUAD, (70, 0, 0, 1600, 1280, 1540, 1200, 40), Image.Resampling.BICUBIC, fillcolor=95)
    grain = Image.frombytes("L", (1280, 1600), random.Random(3).randbytes(1280 * 1600))
    return Image.blend(tilted.filter(ImageFilter.GaussianBlur(0.9)), grain, 0.08)


def write_camera(picture, path):
    """What Chromium's fake camera plays: one motion-JPEG frame, the lower half of the page held close."""
    frame = picture.crop((100, 780, 1280, 1560)).resize((1280, 846)).crop((0, 60, 1280, 780)).convert("RGB")
    buffer = io.BytesIO()
    frame.save(buffer, "JPEG", quality=85)
    path.write_bytes(buffer.getvalue() * 10)


def opened(browser, base, path="/", **options):
    page = Page(browser, **options)
    page.open(base + path)
    page.wait("!['loading', 'checking', undefined].includes(document.querySelector('main')?.dataset.verdict)")
    return page


def wait_for(page, verdict):
    page.wait(f"document.querySelector('main')?.dataset.verdict === '{verdict}'")
    return page.verdict()


def drop_file(page, data, name, kind):
    page.run(f"""(() => {{
      const bytes = Uint8Array.from(atob("{base64.b64encode(data).decode()}"), (c) => c.charCodeAt(0));
      const transfer = new DataTransfer();
      transfer.items.add(new File([bytes], {json.dumps(name)}, {{ type: {json.dumps(kind)} }}));
      dispatchEvent(new DragEvent("drop", {{ dataTransfer: transfer, cancelable: true }}));
    }})()""")


def camera(browser, world, picture):
    with opened(browser, world.base, language="en-GB") as page:
        browser.call("Browser.grantPermissions", browserContextId=page.context, permissions=["videoCapture"])
        expect("not stored" in page.run("document.getElementById('photo-notice').textContent"), "not said before")
        page.click("#camera-start")
        shown = wait_for(page, "valid")
        expect(world.name in shown["certificate"], "another certificate")
        expect(page.run("document.getElementById('camera').srcObject === null"), "the camera is still on")
        expect(page.complaints == [], f"console: {page.complaints}")


def photo(browser, world, picture):
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=80)
    with opened(browser, world.base) as page:
        for data, name, kind, words in (
            (b"\0\0\0\x18ftypheic", "a.heic", "image/heic", "HEIC"), (b"hello", "a.pdf", "application/pdf", "PDF"),
            (b"hello", "a.txt", "text/plain", "JPEG"), (blank(), "blank.png", "image/png", "没有找到二维码"),
        ):
            drop_file(page, data, name, kind)
            page.wait(f"document.getElementById('scan-error').textContent.includes({json.dumps(words)})")
        drop_file(page, buffer.getvalue(), "photo.jpg", "image/jpeg")
        expect(world.name in wait_for(page, "valid")["certificate"], "another certificate")


def document(browser, world, picture):
    """A PDF dropped on the page: as it was signed, changed, with something behind it, and of somebody else."""
    changed = bytearray(world.document)
    changed[changed.index(b"stream\n") + 40] ^= 1
    for data, verdict, reason in (
        (world.document, "valid", ""), (bytes(changed), "not-valid", "document-changed"),
        (world.document + b"%%EOF\n", "not-valid", "document-appended"), (b"%PDF-1.7", "not-valid", "document-malformed"),
    ):
        with opened(browser, world.base, language="en-GB") as page:
            drop_file(page, data, "certificate.pdf", "application/pdf")
            shown = wait_for(page, verdict)
            expect(shown["reason"] == reason, f"it says {shown['reason']}")
            expect(list(shown["checks"]) == ["document", "signature", "issuer", "scope", "status", "dates"], "not six checks")
            expect(bool(shown["certificate"]) == (verdict == "valid"), "the content is shown, or hidden")
            expect("was sent to" in shown["text"], "not said that it was sent")
            expect(page.complaints == [], f"console: {page.complaints}")
            page.run("history.back()")
            wait_for(page, "empty")


def blank():
    buffer = io.BytesIO()
    Image.new("L", (400, 300), 200).save(buffer, "PNG")
    return buffer.getvalue()


def lookup(browser, world, picture):
    """By keyboard alone."""
    with opened(browser, world.base, language="en-GB") as page:
        def ask(number, holder):
            page.run("document.getElementById('lookup-number').value = ''; document.getElementById('lookup-holder').value = ''")
            page.run("document.getElementById('lookup-number').focus()")
            page.type(number)
            page.press("Tab", 9)
            page.type(holder)
            page.press("Enter", 13)

        ask(world.number, "")
        page.wait("document.getElementById('lookup-error').textContent.startsWith('Give the certificate number')")
        ask(world.number, "李四")
        page.wait("document.getElementById('lookup-error').textContent.startsWith('No certificate has')")
        wrong = page.run("document.getElementById('lookup-error').textContent")
        ask("Y999999999999999999999", world.name)
        page.wait("document.getElementById('lookup-error').textContent.startsWith('No certificate has')")
        expect(page.run("document.getElementById('lookup-error').textContent") == wrong, "another answer")
        ask(world.number, world.name)
        shown = wait_for(page, "valid")
        expect(shown["source"] == "lookup" and world.number in shown["certificate"], "not the certificate")
        expect(page.run("location.hash + location.search") == "", "something is in the address")
        expect(page.run("document.activeElement.id") == "verdict", "the focus is not at the verdict")
        page.run("history.back()")
        wait_for(page, "empty")
        complaints = [text for text in page.complaints if "404" not in text]
        expect(complaints == [], f"console: {complaints}")


def offline(browser, world, picture):
    digits = world.text.split("#")[1]
    with opened(browser, world.base, language="en-GB") as page:
        page.run("navigator.serviceWorker.ready.then(() => true)")
        world.stop()
        try:
            page.open(f"{world.base}/c#{digits}")
            shown = wait_for(page, "valid")
            expect("No network" in shown["text"] and world.name in shown["certificate"], "the age of the list is not told")
        finally:
            world.start(world.port)
        page.open(f"{world.base}/c#{digits}")
        expect("No network" not in wait_for(page, "valid")["text"], "still offline")


def first_verdict(browser, world, picture):
    """On a phone a quarter as fast as this machine, over 4G of 1.6 Mbit/s and 150 ms. The best of some visits, each
    with nothing kept: other work on this machine is not the page's."""
    visits = []
    while not visits or (min(visits)[0] > 1000 and len(visits) < 5):
        visits.append(first_visit(browser, world))
    took, weight = min(visits)
    print(f"     first verdict after {took:.0f} ms, {weight} bytes")
    expect(took <= 1000, f"the first verdict took {took:.0f} ms")
    expect(weight <= 60 * 1024, f"{weight} bytes until the first verdict")


def first_visit(browser, world):
    with Page(browser) as page:
        page.call("Emulation.setCPUThrottlingRate", rate=4)
        page.call("Network.emulateNetworkConditions", offline=False, latency=150, downloadThroughput=200_000,
                  uploadThroughput=93_750)
        page.open(f"{world.base}/c#{world.text.split('#')[1]}")
        page.run("""new Promise((resolve) => {
          const look = () => document.querySelector("main")?.dataset.verdict === "valid"
            ? resolve() : requestAnimationFrame(look);
          look();
        })""")
        took = page.run("performance.now()")
        weight = page.run("[...performance.getEntriesByType('resource'), ...performance.getEntriesByType('navigation')]"
                          ".reduce((sum, entry) => sum + entry.transferSize, 0)")
        return took, weight


STATES = ("empty", "valid", "not-valid", "lookup", "document", "error")


def show_state(page, world, state):
    digits = world.text.split("#")[1]
    if state == "valid":
        page.open(f"{world.base}/c#{digits}")
        return wait_for(page, "valid")
    if state == "not-valid":
        page.open(f"{world.base}/c#{digits[:-3]}001")
        return wait_for(page, "not-valid")
    if state == "lookup":
        page.run(f"document.getElementById('lookup-number').value = {json.dumps(world.number)};"
                 f"document.getElementById('lookup-holder').value = {json.dumps(world.name)}")
        page.click("#lookup-button")
        return wait_for(page, "valid")
    if state == "document":
        drop_file(page, world.document + b"%%EOF\n", "a.pdf", "application/pdf")
        return wait_for(page, "not-valid")
    if state == "error":
        page.click("#lookup-button")
        drop_file(page, blank(), "a.pdf", "application/pdf")
        page.wait("document.getElementById('scan-error').textContent")
    return None


def accessible(browser, world, picture):
    """axe, and our own measure of contrast, in each state, language and colour scheme."""
    axe = AXE.read_text()
    for state in STATES:
        for dark, language, width in ((False, "zh-CN", 390), (True, "en-GB", 1280)):
            with opened(browser, world.base, dark=dark, language=language, width=width) as page:
                show_state(page, world, state)
                page.run(axe + ";true")
                violations = page.run("""axe.run(document, { resultTypes: ["violations"], runOnly: { type: "tag",
                  values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] } })
                  .then(({ violations }) => violations.map(({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 90)}`))""")
                expect(violations == [], f"{state}, {language}: {violations}")
                expect(page.run(CONTRAST) == [], f"{state}: contrast")


def axe_control(browser, world, picture):
    with opened(browser, world.base) as page:
        page.run(AXE.read_text() + ";document.querySelector('label').remove();true")
        found = page.run("axe.run().then(({ violations }) => violations.map(({ id }) => id))")
        expect("label" in found, f"axe did not see a missing label: {found}")


def save_screenshots(directory, browser, world):
    directory.mkdir(parents=True, exist_ok=True)
    for state in STATES:
        for device, width, height in (("phone", 390, 844), ("desktop", 1280, 900)):
            for dark, language in ((False, "zh-CN"), (True, "en-GB")):
                with opened(browser, world.base, dark=dark, language=language, width=width, height=height) as page:
                    show_state(page, world, state)
                    page.screenshot(directory / f"{state}-{device}-{'dark' if dark else 'light'}.png")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--signet", required=True)
    parser.add_argument("--screenshots", type=pathlib.Path)
    options = parser.parse_args()
    failed = 0
    with tempfile.TemporaryDirectory(prefix="employer-") as folder:
        world = Installation(os.path.abspath(options.signet), folder)
        picture = photographed(world, world.text, folder)
        film = pathlib.Path(folder, "camera.mjpeg")
        write_camera(picture, film)
        world.start()
        browser = Chromium("--use-fake-device-for-media-stream", f"--use-file-for-fake-video-capture={film}")
        try:
            for test in (camera, photo, document, lookup, offline, first_verdict, accessible, axe_control):
                try:
                    test(browser, world, picture)
                    print(f"ok   {test.__name__.replace('_', ' ')}")
                except (AssertionError, BrowserError) as error:
                    failed += 1
                    print(f"FAIL {test.__name__.replace('_', ' ')}: {error}")
            if options.screenshots:
                save_screenshots(options.screenshots, browser, world)
        finally:
            browser.stop()
            world.stop()
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
