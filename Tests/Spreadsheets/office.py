"""Files made and read with the programs that registrars use."""

import csv
import datetime
import io
import pathlib
import re
import subprocess
import zipfile

import openpyxl
from msoffcrypto.format.ooxml import OOXMLFile

ENCODINGS = {"gbk": 61, "gb18030": 85}


def csv_filter(encoding):
    """The separators of CSV, and LibreOffice's number of an encoding."""
    return f"csv:Text - txt - csv (StarCalc):44,34,{ENCODINGS[encoding]},1"


def rows_of(path):
    data = pathlib.Path(path).read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("gb18030")
    return list(csv.reader(io.StringIO(text)))


def write(path, rows, name="成绩"):
    """A workbook as a person makes it: marks are numbers, days are days, the rest is text."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = name
    header = rows[0]
    for row in rows:
        sheet.append([typed(header[i], cell) if row is not header else cell for i, cell in enumerate(row)])
    book.save(path)
    return path


def typed(header, cell):
    if header in ("理论成绩", "实操成绩") and re.fullmatch(r"\d+(\.\d+)?", cell):
        return float(cell)
    if header == "考试日期" and (day := re.fullmatch(r"(\d{4})\D(\d{1,2})\D(\d{1,2})日?", cell)):
        return datetime.date(*map(int, day.groups()))
    return cell


def libreoffice(path, kind, folder):
    """Opens a file and saves it as another kind, in a profile of its own so that runs do not meet."""
    folder = pathlib.Path(folder)
    folder.mkdir(exist_ok=True)
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", kind,
         "--outdir", folder, path], check=True, capture_output=True, timeout=120)
    return folder / f"{pathlib.Path(path).stem}.{kind.split(':')[0]}"


def encrypted(path, target):
    with open(path, "rb") as plain, open(target, "wb") as file:
        OOXMLFile(plain).encrypt("password", file)
    return target


def bomb(path, target, size):
    """The same workbook with a sheet that inflates to `size` bytes of blank rows."""
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as file:
        for name in source.namelist():
            if not name.startswith("xl/worksheets/"):
                file.writestr(name, source.read(name))
        with file.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            part.write(b"<worksheet><sheetData>")
            block = b" " * (1 << 20)
            for _ in range(size >> 20):
                part.write(block)
            part.write(b"</sheetData></worksheet>")
    return target
