#!/usr/bin/env python3
"""PDFs that are not the original: the codes on their pages are read and judged, and no copy is valid. Command line, API,
archives and lists give one answer.

Usage: copies.py --signet PATH
"""
import argparse
import io
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import zipfile

import zxingcpp
from PIL import Image, ImageFilter

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "Tests" / name) for name in ("Api", "Browser", "Support")]
import seals  # noqa: E402
from home import FAILURES, check  # noqa: E402
from service import Service  # noqa: E402

COPY, ORIGINAL = "document-copy", "document-not-original"


def bytes_of(text):
    """Of the digits of a QR text (docs/formats/seal.md)."""
    digits = text.split("#")[1]
    lengths = {width: count for count, width in enumerate((0, 3, 5, 8, 10, 13, 15, 17))}
    groups = [digits[start:start + 17] for start in range(0, len(digits), 17)]
    return b"".join(int(group).to_bytes(lengths[len(group)], "big") for group in groups)


def code_of(text):
    return Image.fromarray(zxingcpp.write_barcode_to_image(
        zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode), scale=4)).convert("L")


class Copies:
    def __init__(self, folder, originals):
        self.folder, (self.one, self.other) = folder, originals
        folder.mkdir()
        self.text = next(code.text for code in zxingcpp.read_barcodes(self.page(self.one, 300)) if "/c#" in code.text)

    def page(self, pdf, dpi):
        """As a scanner sees it."""
        picture = subprocess.run(["pdftoppm", "-r", str(dpi), "-gray", "-png", "-singlefile", pdf], capture_output=True, check=True)
        return Image.open(io.BytesIO(picture.stdout)).convert("L")

    def saved(self, name, picture, dpi, **options):
        path = self.folder / f"{name}.pdf"
        picture.save(path, resolution=dpi, **options)
        return path

    def scan(self, pdf, dpi, turn):
        grey = self.page(pdf, dpi).filter(ImageFilter.GaussianBlur(dpi / 400))
        return grey.rotate(turn, resample=Image.Resampling.BICUBIC, expand=True, fillcolor=250).point(lambda value: 20 + value * 0.88)

    def program(self, name, *words):
        path = self.folder / f"{name}.pdf"
        subprocess.run([str(path if word == "OUT" else word) for word in words], check=True)
        return path

    def page_with(self, name, *texts):
        """A page that somebody made around codes."""
        page = Image.new("L", (1240, 1754), 255)
        for index, text in enumerate(texts):
            page.paste(code_of(text), (100, 100 + 500 * index))
        return self.saved(name, page, 150)

    def forged(self):
        """One byte of the signature is another."""
        seal = bytearray(bytes_of(self.text))
        seal[-1] ^= 1
        return seals.qr_text(bytes(seal))

    def every(self):
        """Each file, and its right answer."""
        def cairo(name, pdf):
            return self.program(name, "pdftocairo", "-pdf", pdf, "OUT")
        for dpi, turn in ((150, 0), (150, 1.3), (300, 0), (300, -0.8), (300, 90), (200, 180)):
            yield self.saved(f"scan-{dpi}-{turn}", self.scan(self.one, dpi, turn), dpi, quality=75), COPY
        yield self.saved("scan-white", self.scan(self.one, 300, 0.4).convert("1"), 300), COPY
        colours = self.scan(self.one, 200, 0).convert("RGB")
        yield self.saved("scan-colour", colours, 200), COPY
        two = [colours, Image.new("RGB", colours.size, "white")]
        yield self.saved("scan-two-sides", two[1], 200, save_all=True, append_images=two[:1]), COPY
        pasted = Image.new("L", (2480, 3508), 255)
        pasted.paste(self.scan(self.one, 200, 2).resize((1700, 1210)), (300, 900))
        yield self.saved("photo-on-a-page", pasted, 300), COPY
        yield cairo("printed-to-pdf", self.one), COPY
        yield self.program("saved-again", "qpdf", "--object-streams=generate", "--stream-data=compress", self.one, "OUT"), COPY
        yield self.program("linearised", "qpdf", "--linearize", self.one, "OUT"), COPY
        yield self.program("no-printing", "qpdf", "--encrypt", "", "owner", "256", "--print=none", "--", self.one, "OUT"), COPY
        yield self.program("locked", "qpdf", "--encrypt", "user", "owner", "256", "--", self.one, "OUT"), "document-encrypted"
        half = self.folder / "half.pdf"
        half.write_bytes(self.one.read_bytes()[:self.one.stat().st_size // 2])
        yield half, "document-damaged"
        yield self.program("merged", "qpdf", "--empty", "--pages", self.one, self.other, "--", "OUT"), "document-several-codes"
        yield self.program("twice", "qpdf", "--empty", "--pages", self.one, self.one, "--", "OUT"), COPY
        yield self.page_with("two-codes", self.text, self.text.replace("verify", "other")), COPY
        yield self.page_with("school", "https://college.example.cn/news#2026"), ORIGINAL
        yield self.page_with("nothing"), ORIGINAL
        yield self.page_with("forged", self.forged()), "bad-signature"
        forged = self.folder / "forged.pdf"
        scan = Image.open(io.BytesIO(subprocess.run(
            ["pdftoppm", "-r", "200", "-gray", "-png", "-singlefile", forged], capture_output=True, check=True).stdout))
        yield self.saved("forged-scan", scan.rotate(1, fillcolor=255), 200), "bad-signature"
        yield cairo("forged-printed", forged), "bad-signature"


def answer_of(verdict):
    return verdict.get("reason", verdict["verdict"])


def by_api(service, path):
    status, body, _ = service.ask("POST", "/v1/verify-document", path.read_bytes(), Content_Type="application/pdf")
    return json.loads(body) if status == 200 else {"verdict": status, "reason": status}


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--signet", required=True)
    signet = os.path.abspath(options.parse_args().signet)
    with tempfile.TemporaryDirectory(prefix="signet-copies-") as name:
        folder = pathlib.Path(name)
        service = Service(signet, folder)
        try:
            service.run("documents", "make", "--batch", "1", "--out", folder / "made")
            originals = sorted((folder / "made").glob("*.pdf"))[:2]
            copies = Copies(folder / "copies", originals)
            files = [(originals[0], "valid"), *copies.every()]
            archive = folder / "all.zip"
            with zipfile.ZipFile(archive, "w") as file:
                for path, _ in files:
                    file.write(path, path.name)
            listed = subprocess.run([signet, "verify", "--json", archive], env=service.environment, capture_output=True, text=True)
            rows = {row["file"]: row for row in map(json.loads, listed.stdout.splitlines())}
            for path, right in files:
                done = subprocess.run([signet, "verify", "--json", path], env=service.environment, capture_output=True, text=True)
                verdict = json.loads(done.stdout)
                check(f"{path.name}: {right}", answer_of(verdict) == right, done.stdout + done.stderr)
                if path not in originals:
                    check("a copy is never valid", verdict["verdict"] != "valid")
                if right == COPY:
                    check("and shows what the seal says", verdict["verdict"] == "could-not-check"
                          and verdict["certificate"]["number"] in originals[0].name, done.stdout)
                check("an archive says the same", answer_of(rows[path.name]) == right, rows[path.name])
                check("and so does the server", answer_of(by_api(service, path)) == right, path.name)
            for language, right in (("zh", "二维码属实"), ("en", "this file is not")):
                words = subprocess.run(
                    [signet, "verify", "--text", folder / "copies/scan-300-0.pdf", "--language", language],
                    env=service.environment, capture_output=True, text=True).stdout
                check(f"in words: {language}", right in " ".join(words.split()), words)
        finally:
            service.process.terminate()
            service.process.wait()
    print(f"{len(FAILURES)} failures")
    sys.exit(1 if FAILURES else 0)


if __name__ == "__main__":
    main()
