#!/usr/bin/env python3
"""Writes the inputs that fuzzing starts from: sound sheets of each kind, and the words they are made of."""
import io
import pathlib
import sys
import zipfile

HEADER = "序号,姓名,性别,证件类型,证件号码,学号,专业,职业名称,职业编码,工种/职业方向,级别,理论成绩,实操成绩,综合评审,评定成绩,考试日期,备注"
ROW = "1,张晓丽,女,居民身份证,370701200402151002,2023011001,现代物流管理,物流服务师L,4-02-06-03,--,三级/高级工,75,80.5,,合格,2026/6/20,补考"
WORDS = [
    *HEADER.split(","), *ROW.split(","), "缺考", "缓考", "违纪", "合计", "共 12 人", "=\"1\"", "'", "２０", "3.70702E+17",
    "<row r=\"2\">", "</row>", "<c r=\"A2\" t=\"s\">", "t=\"inlineStr\"", "<is><t>", "</t></is>", "<v>", "</v>",
    "</c>", "<f>", "<mergeCell ref=\"A1:B2\"/>", "</sheetData>", "<!DOCTYPE x [", "&lt;", "<![CDATA[", "_x0041_",
]


def sheet_xml():
    rows = []
    for number, line in enumerate([HEADER, ROW], start=1):
        cells = "".join(
            f'<c r="{chr(65 + i)}{number}" t="inlineStr"><is><t>{text}</t></is></c>' for i, text in enumerate(line.split(",")))
        rows.append(f'<row r="{number}">{cells}</row>')
    return (
        '<worksheet><cols><col min="2" max="3" hidden="1"/></cols><sheetData>' + "".join(rows)
        + '<row r="3" hidden="1"><c r="B3" t="s"><v>1</v></c><c r="L3" s="1"><v>45468</v></c><c r="M3"><f>A1</f></c></row>'
        '</sheetData><autoFilter ref="A1:B2"/><mergeCells><mergeCell ref="G2:G3"/></mergeCells></worksheet>')


def main():
    corpus = pathlib.Path(sys.argv[1])
    text = HEADER + "\n" + ROW + "\n"
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("_rels/.rels", '<R><Relationship Id="a" Type="x/officeDocument" Target="xl/workbook.xml"/></R>')
        file.writestr("xl/workbook.xml", '<w><sheets><sheet name="a" id="s"/></sheets></w>')
        file.writestr("xl/_rels/workbook.xml.rels", '<R><Relationship Id="s" Type="x/worksheet" Target="s.xml"/></R>')
        file.writestr("xl/s.xml", sheet_xml())
    seeds = {
        "utf8": b"\0" + text.encode(), "gb18030": b"\0" + text.encode("gb18030"),
        "utf16": b"\0" + text.encode("utf-16"), "tabs": b"\0" + text.replace(",", "\t").encode(),
        "quoted": b"\0" + text.replace("张晓丽", '"张""晓丽"').encode(), "archive": b"\0" + archive.getvalue(),
        "parts": b"\1" + sheet_xml().encode(),
        "all-parts": b"\1" + b"\xff".join([sheet_xml().encode(), b"", b"", b"", b"<sst><si><t>a</t></si></sst>"]),
    }
    for name, seed in seeds.items():
        (corpus / name).write_bytes(seed)
    words = ['"' + "".join(f"\\x{byte:02x}" for byte in word.encode()) + '"' for word in sorted(set(WORDS)) if word]
    (corpus.parent / "words.dict").write_text("\n".join(words) + "\n")


main()
