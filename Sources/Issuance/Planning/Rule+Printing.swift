import Results

/// What would only show on paper, asked about before it is signed.
extension Rule {
    package static let printing: [Rule] = [glyphMissing, qrTooDense]

    package static let glyphMissing = Rule(
        "glyph-missing", nil, .ask, zh: "姓名、职业或工种中有字体无法打印的字，请核对用字，或安装含有该字的字体。",
        en: "The name, occupation or specialisation has a character that no font of the certificate can print; "
            + "check it, or install a font that has it.")
    package static let qrTooDense = Rule(
        "qr-too-dense", nil, .ask, zh: "姓名、职业、工种和机构名称合计过长，二维码会过密而难以扫描，请缩短其中一项。",
        en: "Name, occupation, specialisation and institution are too long together: the QR code would be too "
            + "dense to scan; shorten one of them.")
}
