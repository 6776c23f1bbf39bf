#!/usr/bin/env python3
"""A registrar in a real browser, scripts off once signed in: sends in a messy workbook, sees what is wrong, mends it in
place, answers for a row, submits. Usage: sheets.py --signet PROGRAM [--screenshots DIR]"""

import argparse
import contextlib
import csv
import json
import os
import pathlib
import subprocess
import sys
import tempfile

import openpyxl

from behaviour import expect
from chromium import BrowserError, Chromium
from portal import Looks, Person, Portal, enrolled

INSTITUTION = "4137012391"


def workbook(folder, signet):
    """A sample sheet of which three rows are spoilt, under a title and above a row of totals."""
    subprocess.run([signet, "sample", "--out", f"{folder}/sample", "--candidates", "200"], check=True, capture_output=True)
    with open(f"{folder}/sample/results/{INSTITUTION}.csv", encoding="utf-8-sig", newline="") as file:
        header, *rows = csv.reader(file)
    mark, sex, passed = header.index("理论成绩"), header.index("性别"), header.index("评定成绩")
    sound = [row for row in rows if row[passed] == "合格"]
    sound[0][mark] = "七十五"
    sound[1][mark] = "8O"
    sound[2][sex] = "女" if sound[2][sex] == "男" else "男"
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "六月成绩"
    sheet.append(["2026 年 6 月职业技能等级认定成绩"])
    for row in [header, *rows]:
        sheet.append(row)
    sheet.append(["合计", "", f"共 {len(rows)} 人"])
    path = f"{folder}/六月成绩.xlsx"
    book.save(path)
    number = sound[2][header.index("证件号码")]
    return path, number


class LooksWithoutScripts(Looks):
    """The checks are scripts themselves; the page was made without."""

    def at(self, page, name):
        page.scripts(True)
        super().at(page, name)
        page.scripts(False)


class Registrar(Person):
    def scripts(self, are_on):
        self.call("Emulation.setScriptExecutionDisabled", value=not are_on)

    def wait(self, expression, seconds=20):
        """What was asked while the next page came is asked again."""
        while True:
            try:
                return super().wait(expression, seconds)
            except BrowserError as error:
                if "navigated" not in str(error):
                    raise

    def choose(self, path):
        node = self.call("Runtime.evaluate", expression="document.querySelector('input[type=file]')")["result"]["objectId"]
        self.call("DOM.setFileInputFiles", files=[path], objectId=node)

    def put(self, selector, value):
        self.run(f"document.querySelector({json.dumps(selector)}).value = {json.dumps(value)}; true")

    def link(self, ending):
        self.click(f"main a[href$='{ending}']")

    def shows(self, words):
        self.wait(f"document.readyState === 'complete' && document.body?.innerText.includes({json.dumps(words)})")


def sent_in(page, portal, path, looks):
    page.open(portal.base + "/sheets")
    page.heading("成绩表")
    looks.at(page, "sheets-none")
    page.link("/sheets/new")
    page.heading("上传成绩表")
    page.put("#title", "2026 年 6 月")
    page.choose(__file__)
    page.submit("/sheets")
    page.shows("没有上传")
    expect(page.run("document.title").startswith("错误："), "the title tells of no error")
    expect(page.run("document.querySelector('#title').value") == "2026 年 6 月", "what was typed is gone")
    looks.at(page, "sheet-new-error")
    page.choose(path)
    page.submit("/sheets")
    page.heading("2026 年 6 月")
    page.shows("3 行要处理")
    looks.at(page, "sheet")


def mended(page, number, looks):
    page.link("/findings")
    page.heading("处理有问题的行")
    expect(page.run("document.querySelectorAll('.cards > li').length") == 2, "the kind with most rows is not first")
    looks.at(page, "sheet-findings")
    page.run("for (const field of document.querySelectorAll('.cards input[type=text]')) field.value = '80'; true")
    page.click("main form .primary")
    page.shows("2 处已保存")
    expect(number not in page.run("document.documentElement.outerHTML"), "a number in full")
    page.click(".cards a[href*='/rows/']")
    page.wait("!!document.querySelector('#reason')")
    expect(number not in page.run("document.documentElement.outerHTML"), "a number in full")
    looks.at(page, "sheet-row")
    page.put("#reason", "与身份证原件核对，性别登记有误")
    page.click("form[action$='/answer'] button")
    page.shows("没有要处理的行")


def submitted(page, looks):
    page.click("main a[href^='/sheets/']")
    page.heading("2026 年 6 月")
    page.link("/submit")
    page.heading("核对并提交")
    page.click("main form .primary")
    page.shows("请先填写发证日期")
    page.click(".summary a")
    page.heading("2026 年 6 月")
    page.put("#award", "2026-07-10")
    page.click("form[action$='/details'] button")
    page.shows("可以提交")
    page.link("/submit")
    page.heading("核对并提交")
    looks.at(page, "sheet-submit")
    page.click("main form .primary")
    page.shows("等待审批")
    page.link("/history")
    page.heading("经过")
    page.shows("摘要")
    looks.at(page, "sheet-history")


def journey(browser, portal, folder, looks):
    path, number = workbook(folder, portal.signet)
    portal.call("registry", "import", "--folder", f"{folder}/sample", "--reason", "test")
    link = portal.call("accounts", "create", "李明", "--role", "registrar", "--institution", INSTITUTION).split()[-1]
    with Registrar(browser) as page:
        enrolled(page, link)
        page.click("a.button[href='/']")
        page.heading("等您办理的事")
        page.scripts(False)
        sent_in(page, portal, path, looks)
        mended(page, number, looks)
        submitted(page, looks)
        page.open(portal.base + "/sheets")
        page.heading("成绩表")
        page.shows("等待审批")
        unexpected = [line for line in page.complaints if "422" not in line and "scripting is disabled" not in line.lower()]
        expect(unexpected == [], f"the console: {unexpected}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--signet", required=True)
    parser.add_argument("--screenshots")
    arguments = parser.parse_args()
    if arguments.screenshots:
        pathlib.Path(arguments.screenshots).mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="signet-sheets-") as folder, contextlib.ExitStack() as stack:
        portal = Portal(os.path.abspath(arguments.signet), folder)
        stack.callback(portal.stop)
        browser = Chromium()
        stack.callback(browser.stop)
        looks = LooksWithoutScripts(arguments.screenshots)
        journey(browser, portal, folder, looks)
        record = portal.call("audit", "list")
        expect(record.count("sheet-submit") == 1 and "李明" not in record, "the record")
        print(f"ok   upload, mend, answer, submit with scripts off; {looks.seen} looks at pages")


if __name__ == "__main__":
    sys.exit(main())
