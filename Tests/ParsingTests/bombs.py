"""Writes small files that cost a careless reader much. Usage: bombs.py FOLDER"""
import itertools
import pathlib
import struct
import sys
import zipfile
import zlib

FOLDER = pathlib.Path(sys.argv[1])


def write(name, content):
    (FOLDER / name).write_bytes(content)


# PDFs

HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"


def pdf(objects, trailer=b"", moved=None):
    """One revision with these objects; `moved` says of some that they stand elsewhere."""
    body, offsets = bytearray(HEADER), []
    for number, content in enumerate(objects, 1):
        offsets.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = len(body)
    body += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    for number, offset in enumerate(offsets, 1):
        body += b"%010d 00000 n \n" % (moved or {}).get(number, offset)
    body += b"trailer\n<< /Size %d %s >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, table)
    return bytes(body)


def pdfs():
    stream = b"<< /Length 2 0 R >>\nstream\nabc\nendstream"
    for name, offset in {"far": 9_999_999_999, "end": 10_000, "negative": -5}.items():
        write(f"offset-{name}.pdf", pdf([stream, b"3"], moved={2: offset}))
    zeros = zlib.compress(bytes(7_000_000), 9)
    file = b"<< /Type /EmbeddedFile /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream" % (len(zeros), zeros)
    signature = (
        b"<< /Type /Sig /SubFilter /ETSI.CAdES.detached /M (D:20260101000000Z) /Reference [ << /TransformMethod /DocMDP"
        b" /TransformParams << /P 1 >> >> ] /ByteRange [ 0 1 2 3 ] /Contents <00> >>"
    )
    names = b"(a) 5 0 R " * 200
    write("attachments.pdf", pdf([
        b"<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [ 6 0 R ] >> /Perms << /DocMDP 7 0 R >>"
        b" /Names << /EmbeddedFiles << /Names [ " + names + b"] >> >> >>",
        b"<< /Type /Pages /Count 1 /Kids [ 3 0 R ] >>", b"<< /Type /Page /Parent 2 0 R >>", file,
        b"<< /Type /Filespec /EF << /F 4 0 R >> >>", b"<< /FT /Sig /V 7 0 R >>", signature,
    ], b"/Root 1 0 R"))
    kids = b"<< /Type /Pages /Count 1 /Kids [ 3 0 R ] >>"
    catalog = b"<< /Type /Catalog /Pages 2 0 R >>"

    def form(number, content):
        return (b"<< /Type /XObject /Subtype /Form /BBox [ 0 0 600 800 ] /Resources << /XObject << /F %d 0 R >> >> /Length %d >>\n"
                b"stream\n%s\nendstream" % (number + 1, len(content), content))

    # Each form draws the next one ten times.
    laughs = [form(number, b"/F Do " * 10) for number in range(5, 14)] + [form(13, b"0 0 600 800 re f")]
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [ 0 0 600 800 ] /Resources << /XObject << /F 5 0 R >> >> /Contents 4 0 R >>"
    write("laughs.pdf", pdf([catalog, kids, page, b"<< /Length 5 >>\nstream\n/F Do\nendstream", *laughs], b"/Root 1 0 R"))
    pixels = zlib.compress(zlib.compress(bytes(1 << 28), 9), 9)
    image = (b"<< /Type /XObject /Subtype /Image /Width 60000 /Height 60000 /BitsPerComponent 8 /ColorSpace /DeviceRGB"
             b" /Filter [ /FlateDecode /FlateDecode ] /Length %d >>\nstream\n%s\nendstream" % (len(pixels), pixels))
    write("large-image.pdf", pdf([catalog, kids, page, b"<< /Length 5 >>\nstream\n/F Do\nendstream", image], b"/Root 1 0 R"))
    for name, box in {"large-page": b"0 0 1e9 1e9", "no-page": b"0 0 0 0", "thin-page": b"0 0 20000 1"}.items():
        sized = page.replace(b"0 0 600 800", box)
        write(f"{name}.pdf", pdf([catalog, kids, sized, b"<< /Length 5 >>\nstream\n/F Do\nendstream", form(5, b"")], b"/Root 1 0 R"))
    write("deep.pdf", pdf([b"[" * 100_000 + b"]" * 100_000]))
    write("values.pdf", pdf([b"[" + b"0 " * 2_000_000 + b"]"]))


# Archives and workbooks

def directory_entry(name, stored=1, extra=b"", size=1):
    return struct.pack(
        "<IHHHHHHIIIHHHHHII", 0x02014B50, 45, 45, 0, 0, 0, 33, 0, stored, size, len(name), len(extra), 0, 0, 0, 0, 0
    ) + name + extra


def archive(entries, claimed=None):
    first = struct.pack("<IHHHHHIIIHH", 0x04034B50, 20, 0, 0, 0, 33, 0, 1, 1, 1, 0) + b"xx"
    body = b"".join(entries)
    count = len(entries) if claimed is None else claimed
    return first + body + struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, count, count, len(body), len(first), 0)


def archives():
    for power in (31, 32, 62, 63):
        extra = struct.pack("<HHQ", 1, 8, 1 << power)
        write(f"stored-{power}.zip", archive([directory_entry(b"a.pdf", 0xFFFFFFFF, extra)]))
    # "ab" and "bA" have one value under the hash with the factor 33, and so has every sequence of them.
    alike = [b"".join(pairs) for pairs in itertools.islice(itertools.product((b"ab", b"bA"), repeat=16), 40_000)]
    write("names.zip", archive([directory_entry(name) for name in alike]))
    write("names-of-few.zip", archive([directory_entry(name) for name in alike], claimed=3))
    write("long-names.zip", archive([directory_entry(b"%05d" % i + b"n" * 60_000) for i in range(300)]))
    with zipfile.ZipFile(FOLDER / "marks.zip", "w") as file:
        file.writestr("a" + "\u0301" * 32_000 + ".pdf", b"%PDF-1.7")


MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def workbook(name, sheet, strings=None):
    parts = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": f'<Relationships><Relationship Id="a" Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/>'
                       "</Relationships>",
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets><sheet name="S" sheetId="1" r:id="a"/>'
                           "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels":
            f'<Relationships><Relationship Id="a" Type="{RELATIONS}/worksheet" Target="s.xml"/>'
            f'<Relationship Id="b" Type="{RELATIONS}/sharedStrings" Target="t.xml"/></Relationships>',
        "xl/s.xml": f'<worksheet xmlns="{MAIN}">{sheet}</worksheet>',
    }
    if strings:
        parts["xl/t.xml"] = f'<sst xmlns="{MAIN}">{strings}</sst>'
    with zipfile.ZipFile(FOLDER / name, "w", zipfile.ZIP_DEFLATED) as file:
        for part, text in parts.items():
            file.writestr(part, text)


def text_row(number, *texts):
    cells = "".join(f'<c t="inlineStr"><is><t>{text}</t></is></c>' for text in texts)
    return f'<row r="{number}">{cells}</row>'


HEADERS = ("姓名", "证件号码", "级别", "理论成绩", "实操成绩", "考试日期", "职业名称")


def workbooks():
    headers = text_row(1, *HEADERS)
    for column in (16_384, 16_385, 20_000, 999_999_999):
        workbook(
            f"hidden-{column}.xlsx",
            f'<cols><col min="{column}" max="{column}" hidden="1"/></cols><sheetData>{headers}</sheetData>')
    columns = "".join('<col min="1" max="16384" hidden="1"/>' for _ in range(100_000))
    workbook("hidden-often.xlsx", f"<cols>{columns}</cols><sheetData>{headers}</sheetData>")
    rows = "".join(f'<row r="{row}">' + '<c t="s"><v>0</v></c>' * 256 + "</row>" for row in range(2, 102))
    workbook("long-text.xlsx", f"<sheetData>{headers}{rows}</sheetData>", f"<si><t>{'长' * 30_000}</t></si>")
    rows = "".join(f'<row r="{row}"><c s="0"/><c s="0"/></row>' for row in range(3, 200_000))
    workbook("blank-rows.xlsx", f"<sheetData>{headers}{text_row(2, *HEADERS)}{rows}</sheetData>")


# Pictures

def chunk(kind, content):
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def deflated(rows):
    """Line by line, as there may be more than fits into memory."""
    packer = zlib.compressobj(9)
    return b"".join([*(packer.compress(b"\0" + row) for row in rows), packer.flush()])


def png(width, height, rows, extra=b""):
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + extra
            + chunk(b"IDAT", deflated(rows)) + chunk(b"IEND", b""))


CORNER = ("1111111", "1000001", "1011101", "1011101", "1011101", "1000001", "1111111")


def wall(side, module, pitch):
    """Corners of QR codes, one beside the other."""
    tile = [[255] * pitch for _ in range(pitch)]
    for y, line in enumerate(CORNER):
        for x, dark in enumerate(line):
            for at in itertools.product(range(y * module, (y + 1) * module), range(x * module, (x + 1) * module)):
                if dark == "1" and max(at) < pitch:
                    tile[at[0]][at[1]] = 0
    lines = [bytes(tile[y][x % pitch] for x in range(side)) for y in range(pitch)]
    return png(side, side, [lines[y % pitch] for y in range(side)])


def jpeg(side, scans):
    """Progressive, and gone over again and again."""
    def segment(mark, content):
        return bytes([0xFF, mark]) + struct.pack(">H", len(content) + 2) + content

    picture = b"\xff\xd8" + segment(0xDB, b"\0" + b"\1" * 64)
    picture += segment(0xC2, struct.pack(">BHHB", 8, side, side, 1) + b"\x01\x11\x00")
    picture += segment(0xC4, b"\x00\x01" + bytes(15) + b"\x00") + segment(0xC4, b"\x10\x01" + bytes(15) + b"\xe0")
    blocks = (side // 8) ** 2
    picture += segment(0xDA, b"\x01\x01\x00\x00\x00\x00") + bytes(blocks // 8 + 1)
    for _ in range(scans):
        # Each symbol ends a run of blocks without coefficients.
        picture += segment(0xDA, b"\x01\x01\x00\x01\x3f\x00") + bytes(blocks // (1 << 14) + 16)
    return picture + b"\xff\xd9"


def pictures():
    text = chunk(b"zTXt", b"k\0\0" + zlib.compress(b"A" * 7_900_000, 9))
    write("texts.png", png(1, 1, [b"\xff"], text * 100))
    international = chunk(b"iTXt", b"k\0\1\0\0\0" + zlib.compress(b"A" * 7_900_000, 9))
    write("international.png", png(1, 1, [b"\xff"], international * 100))
    for side, module, pitch in ((400, 1, 8), (800, 1, 9), (800, 2, 15), (1500, 2, 40), (1500, 3, 24)):
        write(f"wall-{side}-{module}-{pitch}.png", wall(side, module, pitch))
    write("pixels.png", png(20_000, 20_000, itertools.repeat(bytes(20_000), 20_000)))
    write("scans.jpg", jpeg(4000, 96))
    write("wide.jpg", jpeg(7000, 20))


for make in (pdfs, archives, workbooks, pictures):
    make()
