#!/usr/bin/env python3
"""Photos: a name names one person's photo, within one institution, or none is printed.

Usage: photos.py --signet PATH
"""
import argparse
import csv
import io
import os
import pathlib
import subprocess
import sys
import tempfile

from PIL import Image

FAILURES = []
STUDENT, NAME = "学号", "姓名"


def check(what, holds, detail=""):
    print(("ok    " if holds else "FAIL  ") + what + (f": {detail}" if not holds and detail else ""))
    if not holds:
        FAILURES.append(what)


class Region:
    """Two colleges with certificates; the first rows of each sheet have student numbers of our choice."""

    def __init__(self, signet, folder):
        self.signet, self.folder = signet, folder
        self.environment = dict(os.environ, SIGNET_HOME=str(folder / "home"), SIGNET_PASSPHRASE="photos")
        self.run("sample", "--out", folder / "sample", "--seed", "7")
        self.run("init", "--authority", "示例中心", "--host", "verify.example.org")
        self.run("registry", "import", "--folder", folder / "sample")
        self.run("keys", "create", "--all")
        self.run("keys", "certify", "--all")
        self.run("trust", "publish")
        sheets = [path for path in sorted((folder / "sample" / "results").glob("*.csv"), key=lambda path: path.stat().st_size)
                  if {STUDENT, NAME, "理论成绩", "实操成绩"} <= set(self.header(path).strip().split(","))]
        self.colleges = [self.issue(sheet, number) for number, sheet in enumerate(sheets[:2], 1)]

    def header(self, path):
        """Empty for a sheet in another encoding."""
        return path.read_bytes().decode("utf-8-sig", "replace").split("\n")[0]

    def run(self, *words, code=0):
        done = subprocess.run([self.signet, *map(str, words)], env=self.environment, capture_output=True, text=True)
        if code is not None and done.returncode != code:
            sys.exit(f"{' '.join(map(str, words))}: exit {done.returncode}\n{done.stdout}{done.stderr}")
        return done.stdout + done.stderr

    def issue(self, sheet, batch):
        """The first candidate has student number 1001 in both colleges; two others of a college share 1002."""
        rows = list(csv.reader(io.StringIO(sheet.read_text("utf-8-sig"))))
        column, first = rows[0].index(STUDENT), self.certifiable(sheet)
        kept = [rows[0]] + [rows[row - 1] for row in first[:5]]
        for row, number in zip(kept[1:], ("1001", "1002", "1002", "1003", "1004")):
            row[column] = number
        cut = self.folder / sheet.name
        with cut.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(kept)
        self.run("issue", cut, "--award-date", "2026-07-10", "--yes")
        issued = list(csv.DictReader(io.StringIO(
            (self.folder / "home/issued" / f"{sheet.stem}.issued.csv").read_text("utf-8-sig"))))
        order = [next(line["证书编号"] for line in issued if line["姓名"] == row[rows[0].index(NAME)]) for row in kept[1:]]
        return {"id": sheet.stem, "batch": batch, "numbers": order}

    def certifiable(self, sheet):
        """Rows of a sheet that are issued as they stand, each of another person, found by a look at it."""
        rows = list(csv.reader(io.StringIO(sheet.read_text("utf-8-sig"))))
        report = self.folder / f"report-{sheet.stem}"
        self.run("results", "check", sheet, "--report", report, code=None)
        marked = set()
        for path in report.glob("*.findings.csv"):
            for line in csv.reader(io.StringIO(path.read_text("utf-8-sig"))):
                marked |= {int(cell) for cell in line[:2] if cell.isdigit()}
        seen, good = set(), []
        scores = [rows[0].index(name) for name in ("理论成绩", "实操成绩")]
        for number, row in enumerate(rows[1:], 2):
            marks = [row[column] for column in scores]
            if number in marked or row[rows[0].index(NAME)] in seen:
                continue
            if all(mark.replace(".", "").isdigit() and float(mark) >= 60 for mark in marks):
                seen.add(row[rows[0].index(NAME)])
                good.append(number)
        return good

    def made(self, college, photos):
        """Which certificates have a photo on their pages, and what was said."""
        out = self.folder / f"made-{len(list(self.folder.glob('made-*')))}"
        words = self.run("documents", "make", "--batch", college["batch"], "--out", out, "--photos", photos)
        found = set()
        for path in out.glob("*.pdf"):
            images = subprocess.run(["pdfimages", "-list", path], capture_output=True, text=True, check=True).stdout
            if " 300 " in images:
                found.add(path.name.split("-")[0])
        return {position for position, number in enumerate(college["numbers"]) if number in found}, words


def saved(path):
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", (300, 420), "#b9d3e8").save(path)


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--signet", required=True)
    signet = os.path.abspath(options.parse_args().signet)
    with tempfile.TemporaryDirectory(prefix="signet-photos-") as name:
        folder = pathlib.Path(name)
        region = Region(signet, folder)
        one, other = region.colleges
        photos = folder / "photos"

        saved(photos / one["id"] / "1001.jpg")
        check("a student number names its own college's photo", region.made(one, photos)[0] == {0})
        check("and not another college's", region.made(other, photos)[0] == set())
        saved(photos / other["id"] / "1001.jpg")
        check("control: with a file of its own it does", region.made(other, photos)[0] == {0})

        saved(photos / one["id"] / "1002.png")
        found, words = region.made(one, photos)
        check("a number that two candidates have prints no photo", found == {0}, found)
        check("and is told for both", words.count("another candidate") == 2 and "证书编号" in words, words)
        for position in (1, 2):
            saved(photos / one["id"] / f"{one['numbers'][position]}.jpg")
        check("control: by certificate number each has one", region.made(one, photos)[0] == {0, 1, 2})

        saved(photos / one["id"] / "1003.jpg")
        check("control: one file is printed", region.made(one, photos)[0] == {0, 1, 2, 3})
        saved(photos / one["id"] / "1003.PNG")
        found, words = region.made(one, photos)
        check("of two files none is printed, in words", found == {0, 1, 2} and "several files" in words, words)

        saved(photos / "1004.jpg")
        words = region.run("documents", "make", "--batch", 1, "--out", folder / "flat", "--photos", photos, code=66)
        check("a photo of no institution stops the command", "folder of its own" in words, words)
    print(f"{len(FAILURES)} failures")
    sys.exit(1 if FAILURES else 0)


if __name__ == "__main__":
    main()
