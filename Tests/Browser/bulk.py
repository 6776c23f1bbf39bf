#!/usr/bin/env python3
"""The page for many certificates, in a real browser on a real server: drop a file, see it checked, fetch result and
receipt. Usage: bulk.py --signet PROGRAM [--screenshots DIR]"""

import csv
import io
import json
import pathlib
import re
import sys
import zipfile

from PIL import Image

from behaviour import expect
from chromium import Page
from harness import Installation, code_of, drop_file, main, state, stored, text

SOURCES = pathlib.Path(__file__).resolve().parents[2] / "Sources"


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
    """The server's own words, which name what was found, in both languages; a proxy's have none."""
    with opened(browser, office, language="en-GB") as page:
        drop_file(page, "工号,部门\n甲,乙\n".encode(), "a.csv", "text/csv")
        state(page, "failed")
        expect("found: 工号, 部门" in text(page, "#error"), text(page, "#error"))
        page.click("#language")
        expect("找到的是：工号、部门" in text(page, "#error"), text(page, "#error"))
        page.click("#another")
        page.run("window.fetch = async () => new Response('<h1>Bad Gateway</h1>', { status: 502 }); true")
        drop_file(page, b"qr\n1\n", "a.csv", "text/csv")
        state(page, "failed")
        expect("重启" in text(page, "#error"), text(page, "#error"))


def mixed(office):
    """Sound rows, another person's code, a typing error, and many that say nothing."""
    lines = [["姓名", "证书编号", "二维码"], [office.name, office.number, office.text], ["李四", office.number, office.text],
             [office.name, "Y1", ""], ["王五", office.number, ""]]
    return rows(*lines, *([f"甲{index}", "", "12345"] for index in range(250)))


def exceptions(browser, office):
    with opened(browser, office, language="zh-CN", width=360) as page:
        drop_file(page, mixed(office), "hires.csv", "text/csv")
        state(page, "done")
        def shown():
            return page.run("[...document.querySelectorAll('.cause')].map((node) => node.dataset.reason)")
        def count():
            return page.run("document.querySelectorAll('.cause li').length")
        expect(shown() == ["contradicts-row", "not-a-seal", "malformed-number", "needs-key"], f"causes {shown()}")
        first = text(page, ".cause")
        for words in ("第 3 行", "李四", office.number, f"证书上的姓名：{office.name}", "请勿按本行的姓名采信"):
            expect(words in first.replace("\u2068", "").replace("\u2069", ""), f"{words} is not in {first}")
        expect(count() == 23, f"{count()} rows at first")
        page.click(".cause button")
        expect(count() == 43, f"{count()} rows after one click")
        page.run("(() => { for (let i = 0; i < 8; i++) document.querySelector('.cause button')?.click(); })()")
        expect(count() == 203 and "200" in text(page, "[data-reason=not-a-seal] > p:last-of-type"), "not said that there are more")
        page.run("window.saved = 0; HTMLAnchorElement.prototype.click = () => { saved += 1; }; true")
        page.run("document.querySelector('[data-reason=not-a-seal] > button').click()")
        page.wait("saved === 1")
        choose(page, "not-valid")
        expect(shown() == ["contradicts-row"], f"filtered {shown()}")
        choose(page, "could-not-check malformed-number")
        expect(shown() == ["malformed-number"] and "一个字母加 21 位数字" in text(page, ".cause"), f"filtered {shown()}")
        page.click("#language")
        expect(shown() == ["malformed-number"] and "one letter and 21 digits" in text(page, ".cause"), "the other language")
        page.click("#another")
        drop_file(page, rows(["qr"], [office.text]), "good.csv", "text/csv")
        state(page, "done")
        expect("Every row is valid" in text(page, "#exceptions") and shown() == [], "nothing to look at")


def copies(browser, office):
    """A scan by itself, and in an archive beside the signed PDF, a page with two codes and a picture of two."""
    codes = [code_of(office, office.text), code_of(office, office.other)]
    scan, two = Image.new("L", (1240, 1754), 255), Image.new("L", (1240, 1754), 255)
    scan.paste(codes[0], (100, 100))
    for index, code in enumerate(codes):
        two.paste(code, (100, 100 + index * 800))
    office.call("documents", "make", "--batch", "1", "--out", f"{office.folder}/documents")
    original = min(pathlib.Path(office.folder, "documents").glob("*.pdf")).read_bytes()
    files = {"original.pdf": original, "scan.pdf": stored(scan, "PDF", resolution=150),
             "two.pdf": stored(two, "PDF", resolution=150), "two.png": stored(two, "PNG")}
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as writer:
        for name, data in files.items():
            writer.writestr(name, data)
    def causes(page):
        return page.run("""[...document.querySelectorAll(".cause")].map((node) =>
          [node.dataset.reason, ...[...node.querySelectorAll("strong, bdi")].map((name) => name.textContent).slice(0, 1)])""")
    for language, words in (("zh-CN", ("二维码属实", "不是原件", "逐项核对")), ("en-GB", ("genuine", "not the original", "item by item"))):
        with opened(browser, office, language=language) as page:
            drop_file(page, files["scan.pdf"], "scan.pdf", "application/pdf")
            state(page, "done")
            expect([cause[0] for cause in causes(page)] == ["document-copy"], f"alone: {causes(page)}")
            expect(all(word in text(page, ".cause") for word in words), f"not in words: {text(page, '.cause')}")
            page.click("#another")
            drop_file(page, archive.getvalue(), "files.zip", "application/zip")
            state(page, "done")
            counts = [text(page, f"#count-{name}") for name in ("valid", "not-valid", "could-not-check")]
            expect(counts == ["1", "0", "3"], f"counts {counts}")
            wanted = [["document-copy", "scan.pdf"], ["document-several-codes", "two.pdf"], ["several-codes", "two.png"]]
            expect(sorted(causes(page)) == wanted, f"in an archive: {causes(page)}")
            copy = text(page, "[data-reason=document-copy]")
            expect(all(word in copy for word in words), f"not in words: {copy}")


def choose(page, value):
    page.run(f"""(() => {{ const list = document.getElementById("cause"); list.value = {json.dumps(value)};
      list.dispatchEvent(new Event("change")); }})()""")


def every_cause_has_words(browser, office):
    """Each cause that the programs know, and what to do, in both languages."""
    codes = []
    for file, enumeration in (("Verification/Verdict.swift", "enum Reason"), ("Bulk/RowProblem.swift", "enum RowProblem")):
        cases = (SOURCES / file).read_text().split(enumeration)[1].split("\n\n" if "Bulk" in file else "\n}")[0]
        codes += [raw or name for name, raw in re.findall(r"case (\w+)(?: = \"([a-z-]+)\")?", cases)]
    expect(len(codes) > 60, f"the causes were not found: {codes}")
    with opened(browser, office) as page:
        def missing(codes):
            return page.run(f"""import("/assets/exceptions.js").then(({{ wordsOf }}) => {json.dumps(codes)}
                  .filter((code) => ["zh", "en"].some((language) => {{
                    const [what, next] = wordsOf(code, language);
                    return what === code || what.length < 4 || next.length < 6
                      || /\\p{{Script=Han}}/u.test(what + next) === (language === "en");
                  }})))""")
        expect(missing(codes) == [], f"no words for {missing(codes)}")
        expect(missing(["made-up"]) == ["made-up"], "a cause without words is not seen (control)")


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
        drop_file(page, mixed(office), "hires.csv", "text/csv")
        state(page, "done")
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
    tests = (checked, exceptions, copies, every_cause_has_words, refused, guarded)
    sys.exit(main(__doc__, Office, tests, show, ("empty", "running", "done", "failed")))
