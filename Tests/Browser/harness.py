"""What the tests of pages on a real server share: an installation, axe, screenshots, and how they run."""

import argparse
import base64
import contextlib
import importlib.util
import io
import json
import os
import pathlib
import re
import subprocess
import tempfile

from PIL import Image

from behaviour import CONTRAST, expect
from chromium import BrowserError, Chromium
from screenshots import save

AXE = pathlib.Path(importlib.util.find_spec("axe_core_python").origin).parent / "axe.min.js"
RULES = """axe.run(document, { resultTypes: ["violations"], runOnly: { type: "tag",
  values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] } })
  .then(({ violations }) => violations.map(({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 90)}`))"""


class Installation:
    """A sample region with its certificates issued, and a server on a port of the system's choice."""

    flags = ()

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
        self.text, self.other = re.findall(r"https://[^\s,\"]+#[0-9]+", issued)[:2]
        certificate = json.loads(self.call("verify", "--json", self.text))["certificate"]
        self.number, self.name = certificate["number"], certificate["holderName"]
        self.server = None

    def call(self, *arguments, codes=(0,)):
        done = subprocess.run([self.signet, *arguments], env=self.environment, capture_output=True, text=True, timeout=120)
        expect(done.returncode in codes, f"signet {arguments[0]}: {done.returncode} {done.stderr[-500:]}")
        return done.stdout

    def options(self):
        """What `serve` is given beside the port."""
        return ()

    def start(self, port=0):
        self.server = subprocess.Popen([self.signet, "serve", "--port", str(port), *self.options()],
                                       env=self.environment, stdout=subprocess.PIPE, text=True)
        self.base = self.server.stdout.readline().split()[-1]
        self.port = int(self.base.rsplit(":", 1)[1])

    def stop(self):
        if self.server:
            self.server.terminate()
            self.server.wait(timeout=20)
            self.server = None


def drop_file(page, data, name, kind):
    page.run(f"""(() => {{
      const bytes = Uint8Array.from(atob("{base64.b64encode(data).decode()}"), (c) => c.charCodeAt(0));
      const transfer = new DataTransfer();
      transfer.items.add(new File([bytes], {json.dumps(name)}, {{ type: {json.dumps(kind)} }}));
      dispatchEvent(new DragEvent("drop", {{ dataTransfer: transfer, cancelable: true }}));
    }})()""")


def code_of(installation, text):
    path = f"{installation.folder}/code.png"
    pathlib.Path(path).unlink(missing_ok=True)
    installation.call("qr", text, "--out", path)
    return Image.open(path).convert("L")


def stored(picture, kind, **options):
    buffer = io.BytesIO()
    picture.save(buffer, kind, **options)
    return buffer.getvalue()


def state(page, wanted):
    page.wait(f"document.querySelector('main')?.dataset.state === '{wanted}'")


def text(page, selector):
    return page.run(f"document.querySelector({json.dumps(selector)}).textContent")


def accessible(browser, world, show, wanted):
    """axe, our own measure of contrast, and nothing to scroll sideways."""
    for dark, language, width in ((False, "zh-CN", 320), (True, "en-GB", 1280)):
        with show(browser, world, wanted, dark=dark, language=language, width=width) as page:
            expect(page.run("document.documentElement.scrollWidth <= innerWidth"), f"wider than {width}")
            page.run(AXE.read_text() + ";true")
            for found in (page.run(RULES), page.run(CONTRAST)):
                expect(found == [], f"{language}: {found}")


def axe_control(browser, world, show, wanted):
    with show(browser, world, wanted) as page:
        page.run(AXE.read_text() + ";[...document.querySelectorAll('label')].find((label) => label.checkVisibility()).remove();true")
        found = page.run(RULES)
        expect(any(rule.startswith("label") for rule in found), f"axe did not see a missing label: {found}")


def save_screenshots(directory, browser, world, show, wanted):
    @contextlib.contextmanager
    def shown(**options):
        world.start()
        with show(browser, world, wanted, **options) as page:
            yield page
        world.stop()

    save(directory, wanted, shown)


def main(description, kind, tests, show, states):
    """Each test has a server of its own, as strangers and holders are limited.

    `show` opens a page in one of the states; the first of them has a field with a label.
    """
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--signet", required=True)
    parser.add_argument("--screenshots", type=pathlib.Path, metavar="DIR")
    options = parser.parse_args()
    steps = [(test.__name__.replace("_", " "), test, ()) for test in tests]
    steps += [(f"accessible: {wanted}", accessible, (show, wanted)) for wanted in states]
    steps.append(("axe sees a missing label (control)", axe_control, (show, states[0])))
    failed = 0
    with tempfile.TemporaryDirectory(prefix="pages-") as folder:
        world = kind(os.path.abspath(options.signet), folder)
        browser = Chromium(*world.flags)
        try:
            for name, test, more in steps:
                world.start()
                try:
                    test(browser, world, *more)
                    print(f"ok   {name}")
                except (AssertionError, BrowserError) as error:
                    failed += 1
                    print(f"FAIL {name}: {error}")
                finally:
                    world.stop()
            for wanted in states if options.screenshots else ():
                save_screenshots(options.screenshots, browser, world, show, wanted)
        finally:
            browser.stop()
            world.stop()
    print(f"{failed} failed")
    return 1 if failed else 0
