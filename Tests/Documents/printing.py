#!/usr/bin/env python3
"""Documents from the command line: everything is made, once, and survives being killed.

Usage: printing.py --signet PATH [--kills N] [--scans N]
"""
import argparse
import csv
import hashlib
import io
import json
import os
import pathlib
import random
import re
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
import zipfile

import jsonschema
import openpyxl
import zxingcpp
from PIL import Image, ImageChops, ImageFilter

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "Tests/Support"))
from home import FAILURES, Home, check  # noqa: E402


class Batch(Home):
    """A synthetic region with one institution's certificates issued."""

    def __init__(self, signet, folder):
        super().__init__(signet, folder)
        self.begin("--seed", "7")
        self.sheet = self.sheets()[0]
        out = self.run("issue", self.sheet, "--award-date", "2026-07-10", "--yes", "--json")
        issued = [json.loads(line) for line in out.splitlines() if '"issued"' in line]
        self.batch = next(line["batch"] for line in issued if "batch" in line)
        self.count = next(line["certificates"] for line in issued if "certificates" in line)


def manifest(folder):
    text = (folder / "manifest.csv").read_text(encoding="utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def text_of(pdf):
    return subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, text=True, check=True).stdout


def whole(home, folder, what):
    lines = manifest(folder)
    numbers = [line["number"] for line in lines]
    check(f"{what}: every certificate once", len(numbers) == len(set(numbers)) == home.count, f"{len(numbers)}")
    wrong = [
        line["file"] for line in lines
        if hashlib.sha256((folder / line["file"]).read_bytes()).hexdigest() != line["sha256"]
    ]
    check(f"{what}: the manifest's digests are the files'", not wrong, ", ".join(wrong[:3]))
    strays = {path.name for path in folder.iterdir()} - {line["file"] for line in lines} - {"manifest.csv"}
    check(f"{what}: nothing else is left in the folder", not strays, ", ".join(sorted(strays)[:3]))
    return lines


def killed(home, kills):
    """Killed at random moments, the same command ends with the same documents as undisturbed."""
    folder = home.folder / "killed"
    home.run("documents", "make", "--batch", home.batch, "--out", home.folder / "calm")
    deaths = 0
    for _ in range(kills):
        process = subprocess.Popen(
            home.command("documents", "make", "--batch", home.batch, "--out", folder), env=home.environment,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        # By what is done, and not by the time: machines are quick and slow by turns.
        done = random.randrange(home.count * 8 // 10)
        while process.poll() is None and (len(list(folder.glob("*.pdf"))) if folder.exists() else 0) < done:
            time.sleep(0.01)
        if process.poll() is None:
            os.kill(process.pid, signal.SIGKILL)
            deaths += 1
        process.wait()
    check("at least one run was killed", deaths > 0)
    if deaths:
        # The control: without the run that ends it, the folder is not whole.
        lines = manifest(folder) if (folder / "manifest.csv").exists() else []
        check("control: a killed run left something to do", len(lines) <= home.count)
    home.run("documents", "make", "--batch", home.batch, "--out", folder)
    lines = whole(home, folder, f"after {deaths} kills")
    out = home.run("documents", "make", "--batch", home.batch, "--out", folder)
    check("the same command again makes nothing", "Made 0 documents" in out, out)
    return folder, lines


def zipped(home):
    path = home.folder / "all.zip"
    home.run("documents", "make", "--batch", home.batch, "--out", path)
    with zipfile.ZipFile(path) as archive:
        check("the ZIP is sound", archive.testzip() is None)
        names = archive.namelist()
        check("the ZIP has every document and the manifest", len(names) == home.count + 1, str(len(names)))
        check("names in the ZIP are marked UTF-8", all(item.flag_bits & 0x800 or item.filename.isascii()
                                                         for item in archive.infolist()))
        text = archive.read("manifest.csv").decode("utf-8-sig")
        lines = list(csv.DictReader(io.StringIO(text)))
        check("the ZIP's digests hold",
              all(hashlib.sha256(archive.read(line["file"])).hexdigest() == line["sha256"] for line in lines))
    check("the working folder is gone", not (home.folder / "all.zip.parts").exists())
    refused = re.compile(r'[<>:"/\\|?*\x00-\x1f]|[. ]$')
    check("names are safe on Windows", not [name for name in names if refused.search(name)])


def shown(home, folder, lines):
    """What the page says is what the list of certificates says."""
    issued = home.folder / "home" / "issued" / (home.sheet.stem + ".issued.csv")
    rows = {row["证书编号"]: row for row in csv.DictReader(io.StringIO(issued.read_text(encoding="utf-8-sig")))}
    for line in random.sample(lines, 10):
        text = "".join(text_of(folder / line["file"]).split())
        row = rows[line["number"]]
        wanted = [row["姓名"], row["证书编号"], row["职业名称"], row["工种/职业方向"] or "--", row["级别"], row["机构名称"],
                  "https://verify.example.org/c"]
        missing = [value for value in wanted if "".join(value.split()) not in text]
        check(f"{line['number']} shows its certificate", not missing, f"{len(missing)} values are missing")
        check(f"{line['number']} is at most 60 KB", int(line["bytes"]) <= 60 << 10, line["bytes"])


def replaced(home, lines):
    number = lines[0]["number"]
    for serial in (2, 3):
        out = home.folder / f"re-{serial}.pdf"
        home.run("documents", "reprint", number, "--reason", "lost", "--out", out)
        check(f"print {serial} says so", f"第{serial}次打印" in "".join(text_of(out).split()))
    home.run("correct", number, "--holder", "王更正", "--reason", "Name as on the identity card")
    for serial in (1, 2):
        out = home.folder / f"corrected-{serial}.pdf"
        said = home.run("documents", "reprint", number, "--reason", "corrected", "--out", out)
        text = "".join(text_of(out).split())
        check(f"print {serial} of the corrected version is " + ("no reprint" if serial == 1 else "one (control)"),
              f"print {serial} of certificate {number}, version 2" in said and "王更正" in text
              and ("次打印" in text) == (serial > 1), said)
    home.run("documents", "reprint", "Y999999999999999999999", "--reason", "lost", "--out", home.folder / "no.pdf", code=66)
    check("an unknown number leaves no file", not (home.folder / "no.pdf").exists())


def recorded(home):
    acts = [json.loads(line) for line in home.run("audit", "list", "--json").splitlines()]
    prints = [act for act in acts if act["act"] == "documents-print"]
    check("every print is on record", len(prints) >= 4, str(len(prints)))
    check("replacements are told apart", sum(act["subject"].get("print") in (2, 3) for act in prints) == 3, prints)
    home.run("audit", "verify")


def papers(home):
    home.run("documents", "ledger", "--batch", home.batch, "--out", home.folder / "ledger.pdf")
    pages = text_of(home.folder / "ledger.pdf")
    check("the ledger names every certificate", len(set(re.findall(r"Y\d{21}", pages))) == home.count)
    home.run("documents", "ledger", "--batch", home.batch, "--out", home.folder / "ledger.xlsx")
    sheet = openpyxl.load_workbook(home.folder / "ledger.xlsx").active
    check("the ledger as a workbook has a line for each", sheet.max_row == home.count + 1, str(sheet.max_row))
    home.run("documents", "labels", "--batch", home.batch, "--out", home.folder / "labels.pdf")
    picture = rendered(home.folder / "labels.pdf", 200)
    codes = zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCode)
    check("the codes of a sheet of labels scan", len({code.text for code in codes}) == min(21, home.count), str(len(codes)))


def served(home, number):
    """An office downloads with its token; nobody else, and never with the whole in memory."""
    token = home.folder / "token"
    token.write_text("t" * 40 + "\n")
    token.chmod(0o600)
    server = subprocess.Popen(home.command("serve", "--port", 0, "--documents-token", token), env=home.environment,
                              stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        address = server.stdout.readline().split()[-1]

        def get(path, bearer):
            request = urllib.request.Request(address + path, headers={"Authorization": f"Bearer {bearer}"})
            try:
                with urllib.request.urlopen(request, timeout=120) as answer:
                    return answer.status, answer.read()
            except urllib.error.HTTPError as error:
                return error.code, b""

        archive = f"/v1/batches/{home.batch}/documents.zip"
        for path in (f"/v1/documents/{number}", archive):
            check(f"{path.split('/')[2]}: no token, no document", get(path, "u" * 40)[0] == 401)
        status, pdf = get(f"/v1/documents/{number}", "t" * 40)
        check("one document comes", status == 200 and pdf.startswith(b"%PDF-"))
        check("an unknown number is not found", get("/v1/documents/Y" + "9" * 21, "t" * 40)[0] == 404)
        check("an unknown batch is not found", get("/v1/batches/99/documents.zip", "t" * 40)[0] == 404)
        status, data = get(archive, "t" * 40)
        with zipfile.ZipFile(io.BytesIO(data)) as whole:
            check("a batch comes whole", status == 200 and whole.testzip() is None
                  and len(whole.namelist()) == home.count + 1, str(status))
        peak = int(re.search(r"VmHWM:\s+(\d+)", pathlib.Path(f"/proc/{server.pid}/status").read_text()).group(1))
        check("the server stays small", peak < 200 << 10, f"{peak >> 10} MiB")
    finally:
        server.terminate()
        server.wait(timeout=30)


def asked(home):
    """A character that no font has is asked about before anything is signed; the control is the sheet as it was."""
    text = home.sheet.read_bytes().decode("utf-8-sig")
    header, first, rest = text.split("\n", 2)
    name = next(index for index, cell in enumerate(header.split(",")) if cell.strip() == "姓名")
    cells = first.split(",")
    cells[name] = "王\U000323AF"
    sheet = home.folder / "rare.csv"
    sheet.write_text("\n".join([header, ",".join(cells), rest]), encoding="utf-8")
    plain = home.run("results", "check", home.sheet, "--json", code=None)
    check("control: the sound sheet has no such finding", "glyph-missing" not in plain)
    home.run("results", "check", sheet, "--report", home.folder / "report", code=1)
    findings = "".join(path.read_text(encoding="utf-8-sig") for path in (home.folder / "report").glob("*.findings.csv"))
    check("a name that cannot be printed is asked about", "glyph-missing" in findings)


def templates(home):
    schema = json.loads((ROOT / "docs/templates/template.schema.json").read_text(encoding="utf-8"))
    for look in ("landscape", "portrait"):
        path = home.folder / f"{look}.json"
        home.run("documents", "template", "--look", look, "--out", path)
        template = json.loads(path.read_text(encoding="utf-8"))
        problems = list(jsonschema.Draft202012Validator(schema).iter_errors(template))
        check(f"the {look} look follows its schema", not problems, str(problems[:1]))
        home.run("documents", "preview", "--template", path, "--print-language", "bilingual", "--out", home.folder / "p.pdf")
        template["elements"][0]["colour"] = "mauve"
        path.write_text(json.dumps(template), encoding="utf-8")
        home.run("documents", "preview", "--template", path, "--out", home.folder / "q.pdf", code=78)


def rendered(pdf, dpi):
    done = subprocess.run(["pdftoppm", "-r", str(dpi), "-png", "-f", "1", "-l", "1", "-singlefile", pdf],
                          capture_output=True, check=True)
    return Image.open(io.BytesIO(done.stdout)).convert("L")


def ornamented(folder, lines):
    """The border's band has ink all around; a page without it would still be valid."""
    done = subprocess.run(["pdftoppm", "-r", "100", "-png", "-singlefile", folder / lines[0]["file"]], capture_output=True, check=True)
    page = Image.open(io.BytesIO(done.stdout)).convert("L")
    millimetre = 100 / 25.4
    bands = {"left": (9, 60, 17, 150), "top": (60, 9, 220, 17), "right": (280, 60, 288, 150), "bottom": (60, 193, 220, 201)}
    shares = {}
    for side, box in bands.items():
        strip = page.crop(tuple(round(edge * millimetre) for edge in box))
        shares[side] = sum(strip.histogram()[:250]) / (strip.width * strip.height)
    check("the ornament is on the page", min(shares.values()) > 0.05, str(shares))


def photographed(picture):
    """Print and phone: a little turned, noisy, soft, and squeezed by JPEG."""
    turned = picture.rotate(random.uniform(-3, 3), resample=Image.Resampling.BICUBIC, expand=True, fillcolor=255)
    noise = Image.effect_noise(turned.size, random.uniform(8, 24))
    noisy = ImageChops.add(turned, noise, scale=1, offset=-128).filter(ImageFilter.GaussianBlur(random.uniform(0, 0.5)))
    squeezed = io.BytesIO()
    noisy.save(squeezed, "JPEG", quality=random.randint(50, 80))
    return squeezed.getvalue()


def scanned(folder, lines, count):
    """Both readers read every one."""
    lost = {"zxing-cpp": 0, "zbar": 0}
    chosen = random.sample(lines, min(count, len(lines)))
    for line in chosen:
        shot = photographed(rendered(folder / line["file"], 150))
        codes = zxingcpp.read_barcodes(Image.open(io.BytesIO(shot)), formats=zxingcpp.BarcodeFormat.QRCode)
        lost["zxing-cpp"] += not any("/c#" in code.text for code in codes)
        done = subprocess.run(["zbarimg", "--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", "-"], input=shot,
                              capture_output=True)
        lost["zbar"] += b"/c#" not in done.stdout
    for reader, missing in lost.items():
        check(f"{reader} reads {len(chosen)} of {len(chosen)} photographed pages", missing == 0, f"{missing} not read")


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--signet", required=True)
    options.add_argument("--kills", type=int, default=4)
    options.add_argument("--scans", type=int, default=24)
    options.add_argument("--seed", type=int, default=None)
    chosen = options.parse_args()
    seed = chosen.seed if chosen.seed is not None else random.randrange(1 << 32)
    random.seed(seed)
    print(f"seed {seed}")
    with tempfile.TemporaryDirectory(prefix="signet-printing-") as name:
        home = Batch(os.path.abspath(chosen.signet), pathlib.Path(name))
        print(f"{home.count} certificates in batch {home.batch}")
        templates(home)
        asked(home)
        folder, lines = killed(home, chosen.kills)
        zipped(home)
        shown(home, folder, lines)
        replaced(home, lines)
        recorded(home)
        papers(home)
        served(home, lines[1]["number"])
        ornamented(folder, lines)
        scanned(folder, lines, chosen.scans)
    print(f"{len(FAILURES)} failures")
    sys.exit(1 if FAILURES else 0)


if __name__ == "__main__":
    main()
