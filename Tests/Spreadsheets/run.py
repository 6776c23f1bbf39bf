#!/usr/bin/env python3
"""Workbooks of openpyxl and LibreOffice read by Signet, and Signet's read by them.

    run.py --signet .build/debug/signet

Needs LibreOffice Calc and, from PyPI, openpyxl and msoffcrypto-tool.
"""

import argparse
import json
import pathlib
import resource
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "Interop")]

import openpyxl  # noqa: E402

import office  # noqa: E402
from product import Product  # noqa: E402

INSTITUTION = "4137012391"
MENDED = {
    # What each row of the messy sheet should have said, by its row there.
    5: "document", 7: "document", 10: "name", 12: "sex", 15: "skill", 16: "theory", 19: "theory", 21: "date",
    27: "major", 31: "drop",
}


class Desk:
    def __init__(self, signet, folder):
        self.folder = pathlib.Path(folder)
        self.product = Product(signet, folder)
        self.product.run("keys", "create", "4137010438")
        self.product.run("trust", "publish")
        self.sheet = self.folder / "sample/results" / f"{INSTITUTION}.csv"

    def check(self, path, *more):
        """Digest and bins, whatever the exit code of rows that need attention."""
        result = self.product.call("results", "check", path, "--json", *more)
        assert result.returncode in (0, 1), result.stderr
        planned = [json.loads(line) for line in result.stdout.splitlines()][-1]
        return planned["content"], {bin: count for bin, count in planned["bins"].items() if count}

    def refusal(self, path):
        result = self.product.call("results", "check", path)
        assert result.returncode == 65 and not result.stdout, (result.returncode, result.stdout)
        lines = result.stderr.strip().splitlines()
        assert len(lines) == 1, lines
        return lines[0]


def same_from_all_programs(desk):
    expected = desk.check(desk.sheet)
    book = office.write(desk.folder / "openpyxl.xlsx", office.rows_of(desk.sheet))
    assert desk.check(book) == expected, "openpyxl"
    saved = office.libreoffice(book, "xlsx", desk.folder / "office")
    assert desk.check(saved) == expected, "LibreOffice's xlsx"
    text = office.libreoffice(book, office.csv_filter("gb18030"), desk.folder / "office")
    assert desk.check(text) == expected, "LibreOffice's GB18030 CSV"


def gbk(desk):
    """GBK has no rare characters; LibreOffice writes ? in their place, and such names are asked about."""
    rows = office.rows_of(desk.sheet)
    rare = [row for row in rows if not encodable("".join(row), "gbk")]
    common = office.write(desk.folder / "common.xlsx", [row for row in rows if row not in rare])
    text = office.libreoffice(common, office.csv_filter("gbk"), desk.folder / "office")
    assert encodable(text.read_bytes(), "gbk") and not encodable(text.read_bytes(), "utf-8")
    assert desk.check(text) == desk.check(common)
    rows[1][rows[0].index("姓名")] = "王𬱖"
    text = office.libreoffice(
        office.write(desk.folder / "rare.xlsx", rows[:2]), office.csv_filter("gbk"), desk.folder / "office")
    assert desk.check(text, "--institution", INSTITUTION)[1] == {"quarantined": 1}


def encodable(text, encoding):
    try:
        text.encode(encoding) if isinstance(text, str) else text.decode(encoding)
    except UnicodeError:
        return False
    return True


def date_systems(desk):
    rows = office.rows_of(desk.sheet)
    expected = desk.check(desk.sheet)
    path = office.write(desk.folder / "1904.xlsx", rows)
    book = openpyxl.load_workbook(path)
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    book.save(path)
    assert desk.check(path) == expected


def written_for_others(desk):
    report = desk.folder / "report"
    desk.product.call("results", "check", desk.folder / "sample/messy.xlsx", "--report", report)
    path = report / "messy.annotated.xlsx"
    sheet = openpyxl.load_workbook(path).worksheets[0]
    header = [cell.value for cell in sheet[1]]
    assert header[-4:] == ["原行号", "处理结果", "问题", "建议"], header
    assert sheet.auto_filter.ref and sheet.freeze_panes == "A2"
    number = header.index("证件号码")
    assert all(row[number].number_format == "@" for row in sheet.iter_rows(min_row=2))
    outcome = header.index("处理结果")
    coloured = {row[outcome].value for row in sheet.iter_rows(min_row=2) if row[outcome].fill.fgColor.rgb != "00000000"}
    assert coloured == {"待核对", "不予受理"}, coloured
    again = desk.check(office.libreoffice(path, "xlsx", desk.folder / "office"))[1]
    first = desk.check(desk.folder / "sample/messy.xlsx")[1]
    # Its number cell has become text in scientific notation, which is refused all the same.
    assert again == {**first, "skipped": again["skipped"]}, (first, again)


def mended(desk):
    """Issues the messy sheet, mends what came back, and sends it again: only the missing ones are new."""
    messy = desk.folder / "sample/messy.xlsx"
    desk.product.run("issue", messy, "--award-date", "2026-07-10", "--yes")
    first = len(desk.product.issued("messy"))
    path = desk.product.home / "issued/messy.annotated.xlsx"
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    header = {cell.value: cell.column for cell in sheet[1]}
    drop = []
    for row in range(2, sheet.max_row + 1):
        what = MENDED.get(int(sheet.cell(row, header["原行号"]).value))
        mend(sheet, row, header, what)
        if what == "drop":
            drop.append(row)
    for row in drop:
        sheet.delete_rows(row)
    target = desk.folder / "mended.xlsx"
    book.save(target)
    desk.product.run("issue", target, "--award-date", "2026-07-10", "--yes")
    second = len(desk.product.issued("mended"))
    bins = desk.check(target)[1]
    assert "quarantined" not in bins and "rejected" not in bins, bins
    assert second == len(MENDED) and bins["issued"] == second and bins["skipped"] >= first, (first, second, bins)
    names = [row["证书编号"] for row in desk.product.issued("messy") + desk.product.issued("mended")]
    assert len(set(names)) == first + second


def mend(sheet, row, header, what):
    def put(column, value):
        sheet.cell(row, header[column]).value = value

    if what == "document":
        sex = sheet.cell(row, header["性别"]).value
        put("证件号码", document(row * 2 + (1 if sex == "男" else 0)))
    elif what == "name":
        put("姓名", "王小明")
    elif what == "sex":
        put("性别", "女" if sheet.cell(row, header["性别"]).value == "男" else "男")
    elif what in ("skill", "theory"):
        put({"skill": "实操成绩", "theory": "理论成绩"}[what], "88")
    elif what == "date":
        put("考试日期", "2026-06-21")
    elif what == "major":
        put("专业", sheet.cell(row - 1, header["专业"]).value)


def document(sequence):
    digits = f"37070120030512{sequence:03d}"
    weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
    return digits + "10X98765432"[sum(int(d) * w for d, w in zip(digits, weights, strict=True)) % 11]


def registry_tables(desk):
    for kind in ("filings", "eligibility"):
        path = desk.folder / f"{kind}.xlsx"
        desk.product.run("registry", "export", kind, "--out", path)
        saved = office.libreoffice(path, "xlsx", desk.folder / "office")
        assert "all of it was known" in desk.product.run("registry", "import", f"--{kind}", saved)


def refused(desk):
    book = office.write(desk.folder / "plain.xlsx", office.rows_of(desk.sheet)[:20])
    assert "encrypted:" in desk.refusal(office.encrypted(book, desk.folder / "locked.xlsx"))
    assert "old-workbook:" in desk.refusal(office.libreoffice(book, "xls", desk.folder / "office"))
    ods = office.libreoffice(book, "ods", desk.folder / "office")
    assert "not-text:" in desk.refusal(ods)
    html = desk.folder / "page.xls"
    html.write_text("<html><table><tr><td>姓名</td></tr></table></html>", encoding="utf-8")
    assert "not-text:" in desk.refusal(html)


def bombs(desk):
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    book = office.write(desk.folder / "small.xlsx", office.rows_of(desk.sheet)[:3])
    assert "too-large:" in desk.refusal(office.bomb(book, desk.folder / "bomb.xlsx", 1 << 30))
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss <= max(before, 200 << 10), "memory"


CHECKS = [
    ("the same rows from CSV, openpyxl and LibreOffice are one batch", same_from_all_programs),
    ("LibreOffice's GBK CSV reads alike, and what GBK lacks is asked about", gbk),
    ("days are days in the 1904 date system", date_systems),
    ("the annotated workbook opens in both, and reads back alike", written_for_others),
    ("a mended sheet issues exactly what was missing", mended),
    ("registry tables go through both and come back unchanged", registry_tables),
    ("locked, old and disguised files are refused in one sentence", refused),
    ("a sheet that inflates to 1 GiB is refused within 200 MiB", bombs),
]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--signet", required=True)
    failed = 0
    with tempfile.TemporaryDirectory(prefix="signet-sheets-") as folder:
        desk = Desk(parser.parse_args().signet, folder)
        for name, check in CHECKS:
            try:
                check(desk)
            except Exception as error:  # whatever it is, the check has not passed
                failed += 1
                print(f"FAIL {name}: {type(error).__name__}: {error}")
            else:
                print(f"ok   {name}")
    print(f"{len(CHECKS) - failed} passed, {failed} failed")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
