#!/usr/bin/env python3
"""Photos: a name names one person's photo, within one institution, or none is printed.

Usage: photos.py --signet PATH
"""
import argparse
import csv
import io
import json
import os
import pathlib
import sqlite3
import subprocess
import sys
import tempfile

from PIL import Image

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "Support"))
from home import FAILURES, Home, check  # noqa: E402

STUDENT, NAME = "学号", "姓名"


class Region(Home):
    """Two colleges with certificates; the first rows of each sheet have student numbers of our choice."""

    def __init__(self, signet, folder):
        super().__init__(signet, folder)
        self.begin("--seed", "7")
        sheets = [path for path in self.sheets()
                  if {STUDENT, NAME, "理论成绩", "实操成绩"} <= set(self.header(path).strip().split(","))]
        self.colleges = [self.issue(sheet, number) for number, sheet in enumerate(sheets[:2], 1)]

    def header(self, path):
        """Empty for a sheet in another encoding."""
        return path.read_bytes().decode("utf-8-sig", "replace").split("\n")[0]

    def run(self, *words, code=0):
        done = self.ended(*words, code=code)
        return done.stdout + done.stderr

    def issue(self, sheet, batch):
        """The first candidate has student number 1001 in both colleges; two others of a college share 1002."""
        rows = list(csv.reader(io.StringIO(sheet.read_text("utf-8-sig"))))
        column, first = rows[0].index(STUDENT), self.certifiable(sheet)
        kept = [rows[0]] + [rows[row - 1] for row in first[:5]]
        for row, number in zip(kept[1:], ("1001", "1002", "1002", "1003", "1004"), strict=True):
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
        """Which certificates have a photo on their pages, and what was said, once the photos are approved."""
        self.run("documents", "approve", "--batch", college["batch"], "--photos", photos, "--yes")
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


def approved(region, college, photos):
    """What is printed is what was approved: photos, template and seal image."""
    (photos / college["id"] / "1003.PNG").unlink()
    batch = ("--batch", college["batch"])
    region.made(college, photos)
    def make(*words, code=0):
        return region.run(
            "documents", "make", *batch, "--out", region.folder / f"made-{len(list(region.folder.glob('made-*')))}", *words, code=code)
    check("control: as approved, documents are made", "Made 5 documents" in make("--photos", photos))
    words = make(code=65)
    check("without the photos that were approved there are none", "photos were approved" in words and "documents approve" in words, words)
    words = make("--photos", photos, "--look", "portrait", code=65)
    check("nor with another template", "the template is another" in words, words)

    picture = photos / college["id"] / "1001.jpg"
    before = picture.read_bytes()
    Image.new("RGB", (300, 420), "#d3b9e8").save(picture)
    words = make("--photos", photos, code=1)
    check("a photo that was exchanged is printed for nobody, and the others are made",
          "Made 4 documents" in words and "not the one that was approved" in words, words)
    picture.write_bytes(before)

    seal = region.folder / "home/documents" / college["id"] / "seal.png"
    saved(seal)
    words = make("--photos", photos, code=65)
    check("nor with a seal image that nobody approved", "the seal image is another" in words, words)
    words = region.run("documents", "approve", *batch, "--photos", photos, "--approve", "00", code=1)
    check("another digest approves nothing", "changes: seal-image" in words and "not approved" in words, words)
    digest = words.split("digest ")[1].split()[0]
    words = region.run("documents", "approve", *batch, "--photos", photos, "--approve", digest)
    check("its digest does", "approved by" in words, words)
    check("then they are made", "Made 5 documents" in make("--photos", photos))
    words = region.run("documents", "approve", *batch, "--photos", photos, "--yes")
    check("approving once more changes nothing", "nothing to do" in words, words)
    words = region.run("audit", "verify")
    check("the record has each approval", "are as they were recorded" in words, words)
    database = region.folder / "home/signet.sqlite"
    sqlite3.connect(database).executescript(
        f"UPDATE batch_photo SET digest = zeroblob(32) WHERE batch = {college['batch']}")
    check("control: an approved photo exchanged in the database contradicts it",
          f"batch {college['batch']} is not" in region.run("audit", "verify", code=76))


def digests(region, college, photos):
    """The digest that is approved covers everything that is signed or printed; the content's own does not."""
    sheet = region.folder / f"{college['id']}-fresh.csv"
    rows = list(csv.reader(io.StringIO((region.folder / f"{college['id']}.csv").read_text("utf-8-sig"))))
    report = region.certifiable(region.folder / "sample/results" / f"{college['id']}.csv")
    sample = list(csv.reader(io.StringIO((region.folder / "sample/results" / f"{college['id']}.csv").read_text("utf-8-sig"))))
    kept = [sample[row - 1] for row in report[5:8]]
    kept[0][rows[0].index(STUDENT)] = "2001"
    with sheet.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([rows[0], *kept])

    def proposed(*words):
        lines = region.run("results", "check", sheet, "--json", "--award-date", "2026-07-10", *words, code=None)
        plan = next(line for line in map(json.loads, lines.splitlines()) if line["event"] == "planned")
        return plan["content"], plan["digest"], plan["statement"]

    content, plain, _ = proposed()
    saved(photos / college["id"] / "2001.jpg")
    with_photo = proposed("--photos", photos)
    Image.new("RGB", (300, 420), "#000000").save(photos / college["id"] / "2001.jpg")
    other_photo = proposed("--photos", photos)
    portrait = proposed("--look", "portrait")
    saved(region.folder / "home/documents" / college["id"] / "seal.png")
    sealed = proposed()
    dated = proposed("--award-date", "2026-07-11")
    every = [(content, plain), *(item[:2] for item in (with_photo, other_photo, portrait, sealed, dated))]
    check("each of photo, other photo, template, seal image and date gives another digest",
          len({digest for _, digest in every}) == len(every), every)
    check("of one content (control)", {item for item, _ in every} == {content})
    words = region.run("issue", sheet, "--award-date", "2026-07-10", "--photos", photos, "--approve", with_photo[1], code=1)
    check("what was approved with another photo is not signed", "not approved" in words, words)
    digest = proposed("--photos", photos)[1]
    words = region.run("issue", sheet, "--award-date", "2026-07-10", "--photos", photos, "--approve", digest)
    check("with this one it is (control)", "issued 3 certificates" in words and "1 photos" in words, words)
    words = region.run("documents", "make", "--batch", "3", "--photos", photos, "--out", region.folder / "fresh")
    check("and printed without another approval", "Made 3 documents" in words, words)


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

        approved(region, one, photos)
        digests(region, other, photos)

        saved(photos / "1004.jpg")
        words = region.run("documents", "make", "--batch", 1, "--out", folder / "flat", "--photos", photos, code=66)
        check("a photo of no institution stops the command", "folder of its own" in words, words)
    print(f"{len(FAILURES)} failures")
    sys.exit(1 if FAILURES else 0)


if __name__ == "__main__":
    main()
