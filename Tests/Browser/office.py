#!/usr/bin/env python3
"""A session's results from a registrar's workbook to certificates that the public page calls valid, in a real browser: sent in,
mended and submitted by one person with scripts off, compared and approved by another with a passkey, signed by a signer, taken
as documents. Usage: office.py --signet PROGRAM [--screenshots DIR]"""

import argparse
import base64
import contextlib
import io
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time
import zipfile

from behaviour import expect
from chromium import Chromium, Page
from portal import Looks, Person, Portal, enrolled, signed_in

CANDIDATES, INSTITUTION = 120, "4137012391"


class Office(Portal):
    """An institution with a key, a portal that signs, and the public server."""

    def begin(self, folder):
        self.folder = pathlib.Path(folder)
        self.call("sample", "--out", f"{folder}/sample", "--candidates", str(CANDIDATES), "--institution", INSTITUTION)
        self.call("registry", "import", "--folder", f"{folder}/sample")
        self.call("keys", "create", "--all")
        self.call("keys", "certify", "--all")
        self.call("trust", "publish")
        self.public = subprocess.Popen([self.signet, "serve", "--port", "0"], env=self.environment, stdout=subprocess.PIPE,
                                       text=True)
        self.public_base = self.public.stdout.readline().split()[-1]

    def options(self):
        return ("--with-signer",)

    def account(self, name, *words):
        printed = self.call("accounts", "create", name, *words)
        return re.search(r"[0-9a-f]{32}", printed)[0], printed.split()[-1]

    def stop(self):
        super().stop()
        self.public.terminate()
        self.public.wait(timeout=20)


def sent(page, click):
    """Until the answer to a form is there, whatever its address."""
    page.run("window.isBefore = true")
    click()
    page.wait("window.isBefore === undefined && document.readyState === 'complete' && !!document.querySelector('h1')")


def at(page, selector):
    """Until the page is there whole, with this on it."""
    page.wait(f"document.readyState === 'complete' && !!document.querySelector({json.dumps(selector)})")


def sheet(office):
    """The sample's, with a mark that is none and a name with a digit in it."""
    path = min((office.folder / "sample/results").glob("*.csv"), key=lambda path: path.stat().st_size)
    data = path.read_bytes()
    for encoding in ("utf-8-sig", "gb18030"):
        with contextlib.suppress(UnicodeDecodeError):
            lines = data.decode(encoding).splitlines()
            break
    header = lines[0].split(",")
    name, theory = header.index("姓名"), next(i for i, title in enumerate(header) if title.startswith("理论"))
    passed = [row for row, line in enumerate(lines) if row and line.split(",")[theory].replace(".", "").isdigit()]
    for row, column, text in ((passed[0], theory, "七十五"), (passed[1], name, "张晓丽2")):
        cells = lines[row].split(",")
        cells[column] = text
        lines[row] = ",".join(cells)
    made = office.folder / "2026年6月成绩.csv"
    made.write_text("\n".join(lines) + "\n", "utf-8")
    return made


def chosen(page, selector, path):
    page.call("DOM.enable")
    root = page.call("DOM.getDocument")["root"]["nodeId"]
    node = page.call("DOM.querySelector", nodeId=root, selector=selector)["nodeId"]
    page.call("DOM.setFileInputFiles", files=[str(path)], nodeId=node)


@contextlib.contextmanager
def without_scripts(page):
    """As old browsers have none. The tests' own looks at a page need them, and the page is not loaded anew for that."""
    def scripts(are_on):
        page.call("Emulation.setScriptExecutionDisabled", value=not are_on)

    def look(looks, name):
        scripts(True)
        looks.at(page, name)
        scripts(False)
    scripts(False)
    yield look
    scripts(True)


def submitted(page, office, looks):
    """Only the passkey needs scripts."""
    with without_scripts(page) as look:
        return handed_in(page, office, lambda name: look(looks, name))


def handed_in(page, office, look):
    page.open(office.base + "/sheets/new")
    page.heading("上传成绩表")
    page.fill("title", "2026 年 6 月成绩")
    chosen(page, "input[type=file]", sheet(office))
    page.submit("/sheets")
    page.wait("location.pathname.match(/^\\/sheets\\/\\d+$/)")
    look("sheet")
    place = page.run("location.pathname")
    page.open(office.base + place + "/findings")
    at(page, ".cards")
    look("findings")
    for _ in range(20):
        if not page.run("!!document.querySelector('.cards li')"):
            break
        mended(page)
    page.open(office.base + place)
    page.wait("document.readyState === 'complete' && location.pathname.match(/^\\/sheets\\/\\d+$/)")
    page.fill("award", "2026-07-10")
    sent(page, lambda: page.submit(place + "/details"))
    page.open(office.base + place + "/submit")
    at(page, f"form[action='{place}/submit']")
    look("submit")
    page.submit(place + "/submit")
    page.wait("document.readyState === 'complete' && document.body?.innerText.includes('等待审批')")
    return place


def mended(page):
    """What is wrong is written right; a row that asks for something else is left out."""
    page.run("""(() => {
      for (const card of document.querySelectorAll(".cards li")) {
        const bad = [...card.querySelectorAll("input[type=text]")].find((one) => ["七十五", "张晓丽2"].includes(one.value));
        if (bad) bad.value = bad.value === "七十五" ? "75" : "张晓丽";
        else card.querySelector("input[type=checkbox]").checked = true;
      }
      return true;
    })()""")
    sent(page, lambda: page.click("form:has(.cards) button"))


def reviewed(page, office, looks):
    page.open(office.base + "/")
    page.heading("等您办理的事")
    looks.at(page, "officer-home")
    page.click("a[href='/reviews']")
    page.heading("审批")
    looks.at(page, "reviews")
    page.click("ul.rows a")
    page.wait("location.pathname.match(/^\\/reviews\\/\\d+$/) && document.readyState === 'complete'")
    looks.at(page, "review-waiting")
    page.submit("/reviews/claim")
    page.wait("!!document.querySelector(\"form[action='/reviews/return']\")")
    looks.at(page, "review")
    place = page.run("location.pathname")
    page.click(f"a[href='{place}/sample']")
    page.heading("与考试记录核对")
    expect("改动过" in page.run("document.body.innerText"), "a row that was mended is not looked at")
    looks.at(page, "sample")
    pages = page.run("Math.max(1, document.querySelectorAll('nav[aria-label=分页] a').length)")
    for number in range(1, pages + 1):
        page.open(f"{office.base}{place}/sample?page={number}")
        page.heading("与考试记录核对")
        page.run("document.querySelectorAll('input[value=right]').forEach((one) => { one.checked = true; }); true")
        sent(page, lambda: page.submit("/reviews/sample"))
    page.open(office.base + place)
    at(page, "a.primary")
    return place


def approved(page, office, place, looks):
    page.click("a.primary")
    page.wait("document.querySelector('[data-lines]')?.textContent.includes('Content digest')")
    lines = page.run("document.querySelector('[data-lines]').textContent")
    expect("2026-07-10" in lines and "王海燕" in lines and INSTITUTION in lines, f"the lines: {lines}")
    looks.at(page, "approve")
    # Without its owner's finger nothing is approved, and what was asked is good no more.
    page.verified(False)
    page.submit("/reviews/approve")
    page.wait("document.querySelector('.error').textContent.includes('没有批准')")
    page.verified(True)
    page.open(office.base + place + "/approve")
    page.wait("document.querySelector('[data-lines]')?.textContent.includes('Content digest')")
    page.submit("/reviews/approve")
    page.wait("location.pathname.match(/^\\/reviews\\/\\d+$/)")
    for _ in range(120):
        at(page, "dd")
        state = page.run("document.querySelector('dd').textContent")
        if not state.startswith("已批准"):
            break
        time.sleep(0.25)
        sent(page, lambda: page.call("Page.reload"))
    expect(state == "已签发", f"the submission is {state}")
    looks.at(page, "issued")


def taken(page, office, kind, looks=None):
    """A batch's file, made by a job: its bytes."""
    page.open(office.base + "/batches")
    page.heading("已批准的批次")
    page.click("ul.rows a")
    page.wait("location.pathname.match(/^\\/batches\\/\\d+$/) && document.readyState === 'complete'")
    place = page.run("location.pathname")
    if looks:
        looks.at(page, "batch")
    page.click(f"form:has(input[value={kind}]) button")
    page.wait("location.pathname.startsWith('/jobs/') && document.readyState === 'complete'")
    page.wait(f"!!document.querySelector(\"a.primary[href='{place}']\")", seconds=120)
    if looks:
        looks.at(page, "job")
    return base64.b64decode(page.run(f"""fetch("{place}/files/{kind}").then((answer) => answer.blob()).then((blob) =>
      new Promise((done) => {{ const reader = new FileReader();
        reader.onload = () => done(reader.result.split(",")[1]); reader.readAsDataURL(blob); }}))"""))


def valid(browser, office, registrar, looks):
    """As an employer sees it, who has the code or the document alone."""
    issued = taken(registrar, office, "issued-list", looks).decode("utf-8-sig")
    codes = re.findall(r"https://[^\s,\"]+#([0-9]+)", issued)
    expect("张晓丽2" not in issued and len(codes) == len(issued.splitlines()) - 1, "the issued list")
    with Page(browser) as page:
        page.open(f"{office.public_base}/c#{codes[0]}")
        expect(page.verdict()["verdict"] == "valid", "the public page does not call it valid")
    archive = zipfile.ZipFile(io.BytesIO(taken(registrar, office, "documents")))
    documents = [name for name in archive.namelist() if name.endswith(".pdf")]
    expect(len(documents) == len(codes), f"{len(documents)} documents of {len(codes)}")
    path = office.folder / "one.pdf"
    path.write_bytes(archive.read(documents[0]))
    expect("valid" in office.call("verify", str(path)), "a document is not valid")


def journey(browser, office, looks):
    registrar_id, registrar_link = office.account("王海燕", "--role", "registrar", "--institution", INSTITUTION)
    officer_id, officer_link = office.account("李明", "--role", "officer")
    with Person(browser) as registrar, Person(browser) as officer:
        enrolled(registrar, registrar_link)
        enrolled(officer, officer_link)
        digits = office.ended("approvers", "add", officer_id).stdout
        office.call("approvers", "add", officer_id, "--fingerprint", re.search(r"\d{4} \d{4} \d{4} \d{4}", digits)[0])
        signed_in(registrar, office)
        registrar.heading("等您办理的事")
        place = submitted(registrar, office, looks)
        # Whoever made it reviews nothing.
        registrar.open(office.base + "/reviews")
        registrar.heading("没有权限")
        signed_in(officer, office)
        officer.heading("等您办理的事")
        review = reviewed(officer, office, looks)
        approved(officer, office, review, looks)
        registrar.open(office.base + place)
        registrar.wait("document.readyState === 'complete' && document.body.innerText.includes('已签发')")
        looks.at(registrar, "sheet-issued")
        valid(browser, office, registrar, looks)
        for page in (registrar, officer):
            unexpected = [line for line in page.complaints if "403" not in line]
            expect(unexpected == [], f"the console: {unexpected}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--signet", required=True)
    parser.add_argument("--screenshots")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="signet-office-") as folder, contextlib.ExitStack() as stack:
        office = Office(os.path.abspath(arguments.signet), folder)
        stack.callback(office.stop)
        browser = Chromium()
        stack.callback(browser.stop)
        looks = Looks(arguments.screenshots)
        journey(browser, office, looks)
        record = office.call("audit", "list")
        for act in ("sheet-submit", "review-begin", "approval-sign", "batch-approve"):
            expect(record.count(act) == 1, f"the record of {act}:\n{record}")
        expect("王海燕" not in record and "张晓丽" not in record, "the record names somebody")
        office.call("audit", "verify")
        print(f"ok   from a workbook to certificates that are valid; {looks.seen} looks at pages")


if __name__ == "__main__":
    sys.exit(main())
