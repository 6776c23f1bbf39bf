#!/usr/bin/env python3
"""Files of many certificates through `signet verify`, and what comes back before independent readers: openpyxl and
Python's own csv read the results, joserfc the receipts, hashlib the digests.

    run.py --signet .build/debug/signet [--rows 2000]
"""
import argparse
import base64
import csv
import hashlib
import io
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import zipfile

import openpyxl
from joserfc import jws
from joserfc.jwk import ECKey
from PIL import Image

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "Support"))
from home import FAILURES, Home, check  # noqa: E402

VERDICT, REASON, STATUS = "核验·结果 verdict", "核验·原因 reason", "核验·状态 status"
INSTITUTION = "4137012391"


class Centre(Home):
    """A home with one batch, one certificate of it revoked."""

    def __init__(self, signet, folder, rows):
        super().__init__(signet, folder, XDG_STATE_HOME=str(folder / "state"))
        self.begin("--candidates", str(rows), institution=INSTITUTION)
        self.run("issue", folder / "sample" / "results" / f"{INSTITUTION}.csv", "--award-date", "2026-07-10", "--yes")
        self.issued = folder / "home" / "issued" / f"{INSTITUTION}.issued.csv"
        self.table = list(csv.reader(io.StringIO(self.issued.read_text("utf-8-sig"))))
        self.numbers = [row[1] for row in self.table[1:]]
        self.run("revoke", self.numbers[3], "--reason", "misconduct", "--note", "test")


def written(path, rows):
    with open(path, "w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def read(path):
    return list(csv.reader(io.StringIO(path.read_text("utf-8-sig"))))


def columns(table, *titles):
    return [tuple(row[table[0].index(title)] for title in titles) for row in table[1:]]


def tables(centre, folder):
    """Every kind of row, in CSV: the same rows come back, in their order."""
    good, number, name = centre.table[1][-1], centre.numbers[1], centre.table[2][2]
    forged = good[:-1] + ("1" if good[-1] != "1" else "2")
    rows = [["备注", "二维码内容", "证书编号", "姓名"],
            ["sound", good, "", ""], ["=1+1", good, centre.numbers[0], centre.table[1][2]],
            ["other's", good, number, name], ["forged", forged, "", ""], ["revoked", centre.table[4][-1], "", ""],
            ["by number", "", number, name], ["wrong name", "", number, "无此人"], ["nothing", "", "", name]]
    expected = [("valid", ""), ("valid", ""), ("not-valid", "contradicts-row"), None, ("not-valid", "revoked"),
                ("valid", ""), ("could-not-check", "no-match"), ("could-not-check", "nothing-to-check")]
    source = written(folder / "hires.csv", rows)
    centre.run("verify", source, "--out", folder / "hires.out.csv", code=1)
    table = read(folder / "hires.out.csv")
    got = columns(table, VERDICT, REASON)
    check("each row has its verdict", all(e is None or e == g for e, g in zip(expected, got, strict=True)) and len(got) == 8, got)
    check("a changed digit is never valid", got[3][0] == "not-valid", got[3])
    same = [row[:4] for row in table]
    check("the same rows in order", same == [["'" + c if c == "=1+1" else c for c in row] for row in rows])
    offline = centre.call("verify", source, "--json", "--root", folder / "home/keys/root.pub.pem", "--bundle",
                          bundle(centre, folder))
    lines = [json.loads(line) for line in offline.stdout.splitlines()]
    check("offline, a number needs the service", [line.get("reason") for line in lines[5:7]] == ["needs-service"] * 2)
    check("and the worst decides the exit code", offline.returncode == 1)
    piped = centre.call("verify", "-", input=source.read_bytes(), text=False)
    check("from a pipe, as NDJSON", [json.loads(line)["row"] for line in piped.stdout.splitlines()] == list(range(2, 10)))
    again = folder / "again.csv"
    centre.run("verify", folder / "hires.out.csv", "--out", again, code=1)
    check("a result checked again is the same result", read(again) == table)


def bundle(centre, folder):
    centre.run("bundle", "--out", folder / "b")
    return folder / "b"


def workbooks(centre, folder):
    book = openpyxl.Workbook()
    for row in [["姓名", "QR"], *[[row[2], row[-1]] for row in centre.table[1:9]], ["=2+5", centre.table[9][-1]]]:
        book.active.append(row)
        if row[0].startswith("="):
            book.active.cell(book.active.max_row, 1).data_type = "s"
    book.save(folder / "hires.xlsx")
    centre.run("verify", folder / "hires.xlsx", "--out", folder / "hires.out.xlsx", code=1)
    sheet = openpyxl.load_workbook(folder / "hires.out.xlsx").active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    check("a workbook comes back as one, in order", [row[:2] for row in rows[1:9]] ==
          [[row[2], row[-1]] for row in centre.table[1:9]])
    verdicts = [row[rows[0].index(VERDICT)] for row in rows[1:]]
    check("with its verdicts", verdicts == ["valid"] * 3 + ["not-valid"] + ["valid"] * 4 + ["not-valid"], verdicts)
    check("and no formula", all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row))


def archives(centre, folder):
    centre.run("documents", "make", "--batch", "1", "--out", folder / "documents", "--print-language", "zh")
    documents = sorted((folder / "documents").glob("*.pdf"))
    centre.run("qr", centre.numbers[1], "--out", folder / "qr.png")
    buffer = io.BytesIO()
    Image.open(folder / "qr.png").convert("RGB").save(buffer, "JPEG", quality=85)
    changed = bytearray(documents[0].read_bytes())
    changed[len(changed) // 2] ^= 1
    files = {"证书.pdf": documents[0].read_bytes(), "照片.jpg": buffer.getvalue(), "changed.pdf": bytes(changed),
             "notes.txt": b"hello", "broken.png": b"\x89PNG\r\n\x1a\n" + bytes(30),
             "bomb.pdf": b"%PDF-" + bytes(200 << 20)}
    with zipfile.ZipFile(folder / "files.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
        archive.writestr("__MACOSX/x.pdf", b"x")
    done = centre.call("verify", folder / "files.zip")
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    check("an archive's files in order", [line["file"] for line in lines] == list(files), done.stderr)
    got = [(line["verdict"], line.get("reason")) for line in lines]
    check("PDF and photo are valid", got[:2] == [("valid", None)] * 2, got)
    check("a changed PDF is not", got[2][0] == "not-valid", got[2])
    check("what is no certificate could not be checked", [g[1] for g in got[3:]] ==
          ["unsupported-file", "unreadable-file", "file-too-large"], got[3:])
    gbk = io.BytesIO()
    with zipfile.ZipFile(gbk, "w") as archive:
        archive.writestr("AAAAAA.pdf", documents[0].read_bytes())
    (folder / "gbk.zip").write_bytes(gbk.getvalue().replace(b"AAAAAA.pdf", "王小明".encode("gbk") + b".pdf"))
    line = json.loads(centre.run("verify", folder / "gbk.zip"))
    check("names in GBK are read", line["file"] == "王小明.pdf", line)
    check("a photo by itself", json.loads(centre.run("verify", folder / "qr.png"))["verdict"] == "valid")
    broken = (folder / "files.zip").read_bytes()[:-400]
    (folder / "broken.zip").write_bytes(broken)
    check("a damaged archive is refused", centre.call("verify", folder / "broken.zip").returncode == 65)


def bombs(centre, folder):
    """Small files that would become large: refused, and little memory is taken."""
    def peak(path):
        process = subprocess.Popen([centre.signet, "verify", str(path), "--out", str(folder / "x.csv")],
                                   env=centre.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        return process.returncode, usage.ru_maxrss >> 10

    _, plain = peak(written(folder / "one.csv", [["qr"], ["1"]]))
    book = openpyxl.Workbook()
    for _ in range(6000):
        book.active.append(["x" * 30_000] * 8)
    book.save(folder / "bomb.xlsx")
    code, most = peak(folder / "bomb.xlsx")
    size = (folder / "bomb.xlsx").stat().st_size >> 10
    check(f"a workbook of {size} KiB that has 1.4 GB of texts: {most - plain} MiB more", code == 65 and most - plain < 220,
          (code, most))
    written(folder / "long.csv", [["qr", "a"], *[["1", ""]] * 1_500_000])
    code, most = peak(folder / "long.csv")
    check(f"a table of 1,500,000 rows: {most - plain} MiB more", code == 65 and most - plain < 220, (code, most))


def receipts(centre, folder):
    source, result, path = folder / "hires.csv", folder / "r.csv", folder / "r.jwt"
    centre.run("verify", source, "--out", result, "--receipt", path, code=1)
    published = (folder / "home/trust/trust-list.jws").read_text().split(".")[1]
    keys = json.loads(decoded(published))["receipt_keys"]
    token = path.read_text().strip()
    content = json.loads(jws.deserialize_compact(token, ECKey.import_key(keys[0]["jwk"]), algorithms=["ES256"]).payload)
    check("joserfc accepts the receipt", content["verdicts"] == {"valid": 3, "not-valid": 3, "could-not-check": 2}, content)
    for name, file in (("input", source), ("result", result)):
        digest = hashlib.sha256(file.read_bytes()).digest()
        check(f"the {name}'s digest", decoded(content[name]["sha256"]) == digest and
              content[name]["bytes"] == file.stat().st_size)
    words = ("receipt", "verify", path, "--input", source, "--result", result)
    check("signet accepts it with both files", centre.call(*words).returncode == 0)
    row = read(result)
    row[3][row[0].index(VERDICT)] = "valid"
    written(folder / "better.csv", row)
    check("a result made better is found", centre.call(*words[:-1], folder / "better.csv").returncode == 1)
    head, body, signature = token.split(".")
    claims = dict(content, verdicts={"valid": 8, "not-valid": 0, "could-not-check": 0})
    (folder / "forged.jwt").write_text(".".join([head, encoded(json.dumps(claims).encode()), signature]))
    check("a changed receipt is found", centre.call("receipt", "verify", folder / "forged.jwt").returncode == 1)
    status = (folder / "home/status/1.jwt").read_bytes()
    (folder / "other.jwt").write_bytes(status)
    check("a status list is no receipt", centre.call("receipt", "verify", folder / "other.jwt").returncode == 1)
    missing = centre.call("receipt", "verify", path, "--trust", folder / "none", "--root",
                          folder / "home/keys/root.pub.pem")
    check("without a trust list it could not be checked", missing.returncode == 2, missing.stderr)


def decoded(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def encoded(content):
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def many(centre, folder, count):
    rows = [centre.table[1 + i % (len(centre.table) - 1)] for i in range(count)]
    source = written(folder / "many.csv", [["姓名", "二维码内容", "序"], *[[r[2], r[-1], str(i)] for i, r in enumerate(rows)]])
    centre.run("verify", source, "--out", folder / "many.xlsx", "--receipt", folder / "many.jwt", code=1)
    answers = list(openpyxl.load_workbook(folder / "many.xlsx", read_only=True).worksheets[0].values)
    check(f"{count} rows get their status and a receipt", len(answers) == count + 1 and (folder / "many.jwt").exists(),
          len(answers))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--signet", required=True, type=lambda text: str(pathlib.Path(text).resolve()))
    parser.add_argument("--rows", type=int, default=2000)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="signet-bulk-") as name:
        folder = pathlib.Path(name)
        centre = Centre(arguments.signet, folder, 40)
        tables(centre, folder)
        workbooks(centre, folder)
        archives(centre, folder)
        bombs(centre, folder)
        receipts(centre, folder)
        many(centre, folder, arguments.rows)
    print(f"{len(FAILURES)} failures")
    sys.exit(1 if FAILURES else 0)


if __name__ == "__main__":
    main()
