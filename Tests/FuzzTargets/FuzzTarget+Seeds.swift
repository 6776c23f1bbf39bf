import Foundation
import PDFSignature
import Rendering
import Results
import Seal
import Signing
import StatusList
import TestSupport
import Trust
import Verification

extension FuzzTarget {
    /// Inputs that fuzzing starts from: sound ones of each form, and those that a reader once stumbled over, kept in
    /// Tests/Vectors/fuzz.
    package func seeds() throws -> [[UInt8]] {
        let folder = Vectors.directory.appending(path: "fuzz/\(rawValue)").path
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        let kept = try names.sorted().map { [UInt8](try Data(contentsOf: URL(filePath: "\(folder)/\($0)"))) }
        return try sound() + kept
    }

    private func sound() throws -> [[UInt8]] {
        switch self {
        case .pdf:
            [[0] + (try SignedPages.signed(SamplePage.pdf())), [0] + SamplePage.pdf(texts: ["证书"]), Self.objects]
        case .signedPDF: [Self.page]
        case .zip: [[1] + Self.joined(["a.pdf", "%PDF-1.7", "b/照片.png", "\u{89}PNG"]), [0] + Self.smallZip]
        case .workbook:
            [Self.joined([Self.worksheet]), Self.joined([Self.worksheet, "", "", "", "<sst><si><t>a</t></si></sst>"])]
        case .sheet, .table: try Self.sheets()
        case .seal: [try Sample.seal()]
        case .passkey: try Passkeys.seeds()
        case .statement, .evidence: try Statements.seeds(inFiles: self == .evidence)
        case .qrText: [Array(QRText.text(host: "verify.example.org", seal: try Sample.seal()).utf8)]
        case .status:
            [
                try Sample.statusClaims().jwt(signedBy: Sample.root),
                try Sample.statusClaims().cwt(signedBy: Sample.root),
            ]
        case .trustList: [Array(try Sample.trustList().utf8)]
        case .bundle:
            [
                try VerificationBundle(
                    trustList: Sample.trustList(),
                    statusLists: [String(decoding: Sample.statusClaims().jwt(signedBy: Sample.root), as: UTF8.self)]
                ).encoded()
            ]
        case .der, .certificate: [try Sample.certificate().der]
        case .cms: [try SignedPages.signature()]
        case .request: JSONRequests.sound.map { Array($0.utf8) }
        case .picture: [try QRSymbol(text: "https://verify.example.org/c#20260710").png(), Self.progressive]
        case .pixels: [[UInt8](repeating: 0x5A, count: 512)]
        case .wire: [[0, 2, 0, 0, 0, 0, 0, 0, 0, 1], Array(#"3{"tables":[],"findings":[],"declarations":[]}"#.utf8)]
        case .multipart:
            [
                Array(
                    ("--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nb\r\n--x\r\nContent-Disposition: "
                        + "form-data; name=\"file\"; filename=\"a.csv\"\r\nContent-Type: text/csv\r\n\r\n1,2\r\n--x--\r\n")
                        .utf8)
            ]
        case .frozenSheet: [try SheetInputs.frozenSeed()]
        case .form:
            [
                Array("csrf=a-b_c&name=%E7%8E%8B+x&role=officer&role=registrar&until=2027-07-31".utf8),
                Array("a=%2&b".utf8),
            ]
        case .mail: [Array("照片/张晓丽.jpg".utf8), [0xD5, 0xC5]]
        }
    }

    private static func joined(_ parts: [String]) -> [UInt8] {
        Array(parts.map { Array($0.utf8) }.joined(separator: [0xFF]))
    }

    private static let objects: [UInt8] =
        [1]
        + joined([
            "<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [ 4 0 R ] >> /Perms << /DocMDP 5 0 R >> >>",
            "<< /Type /Pages /Kids [ 3 0 R ] /Count 1 >>", "<< /Type /Page /Parent 2 0 R /Contents 6 0 R >>",
            "<< /FT /Sig /V 5 0 R >>",
            "<< /Type /Sig /ByteRange [ 0 1 2 3 ] /Contents <00FF> /M (D:20260101000000Z) >>",
            "<< /Length 3 >>\nstream\nabc\nendstream",
        ])

    private static let page = joined([
        "q 1 0 0 1 0 0 cm BT /f1 12 Tf 72 700 Td <00010002> Tj [ <0001> -20 (a\\051) ] TJ T* ET Q /Span << /ActualText (x) >> BDC EMC",
        "<< /Font << /f1 6 0 R >> /XObject << /x 4 0 R >> >>",
        "1 begincodespacerange <0000> <ffff> endcodespacerange 2 beginbfchar <0001> <8bc1> <0002> <4e66> endbfchar "
            + "1 beginbfrange <0003> <0005> <0041> endbfrange",
    ])

    private static let worksheet =
        "<worksheet><cols><col min=\"2\" max=\"3\" hidden=\"1\"/></cols><sheetData>"
        + [SampleSheet.header.map(\.header), Array(SampleSheet.sound().values)].enumerated().map { index, cells in
            "<row r=\"\(index + 1)\">" + cells.map { "<c t=\"inlineStr\"><is><t>\($0)</t></is></c>" }.joined()
                + "</row>"
        }.joined()
        + "<row r=\"4\" hidden=\"1\"><c r=\"B4\" t=\"s\"><v>1</v></c><c r=\"L4\" s=\"1\"><v>45468</v></c><c r=\"M4\"><f>A1</f></c>"
        + "</row></sheetData><autoFilter ref=\"A1:B2\"/><mergeCells><mergeCell ref=\"G2:G3\"/></mergeCells></worksheet>"

    private static func sheets() throws -> [[UInt8]] {
        var sheet = SampleSheet()
        sheet.append(number: 1)
        sheet.append([.remark: "\"补考,\n缓考\"", .theory: "缺考"], number: 2)
        let text = sheet.lines.joined(separator: "\n")
        let utf16 = text.data(using: .utf16) ?? Data()
        return [
            Array(text.utf8), Array(text.replacing(",", with: "\t").utf8), [UInt8](utf16),
            [0xEF, 0xBB, 0xBF] + text.utf8,
        ]
    }

    private static let smallZip: [UInt8] = {
        var zip = StoredZip()
        zip.add("[Content_Types].xml", Array("<Types/>".utf8))
        return zip.bytes
    }()

    /// A JPEG of one block, gone over twice.
    private static let progressive: [UInt8] =
        [0xFF, 0xD8, 0xFF, 0xDB, 0, 67, 0] + [UInt8](repeating: 1, count: 64)
        + [0xFF, 0xC2, 0, 11, 8, 0, 8, 0, 8, 1, 1, 0x11, 0, 0xFF, 0xC4, 0, 20, 0, 1] + [UInt8](repeating: 0, count: 16)
        + [0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 0, 0, 0, 0xFF, 0xD9]
}

/// Changes inputs in the same way in every run.
package struct Mutator {
    private var generator: SeededGenerator

    package init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

    package mutating func mutant(of seed: [UInt8], among others: [[UInt8]], longest: Int) -> [UInt8] {
        var bytes = seed
        for _ in 0..<Int.random(in: 1...4, using: &generator) { change(&bytes, others) }
        return Array(bytes.prefix(longest))
    }

    /// Numbers that narrow, overflow, or stand at the edge of a count.
    private static let interesting: [[UInt8]] = [
        Array("9999999999".utf8), Array("2147483648".utf8), Array("-1".utf8), Array("18446744073709551615".utf8),
        [0xFF, 0xFF, 0xFF, 0xFF], [0, 0, 0, 0x80], [0x7F, 0xFF, 0xFF, 0xFF], [0], [0xFF], Array("\u{301}".utf8),
        [0xED, 0xA0, 0x80],
    ]

    private mutating func change(_ bytes: inout [UInt8], _ others: [[UInt8]]) {
        let place = Int.random(in: 0...bytes.count, using: &generator)
        let end = min(bytes.count, place + Int.random(in: 0...16, using: &generator))
        switch Int.random(in: 0..<6, using: &generator) {
        case 0 where place < bytes.count: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
        case 1 where place < bytes.count: bytes[place] = UInt8.random(in: 0...255, using: &generator)
        case 2: bytes.removeSubrange(place..<end)
        case 3: bytes.insert(contentsOf: bytes[place..<end], at: place)
        case 4: bytes.replaceSubrange(place..<end, with: Self.interesting.randomElement(using: &generator) ?? [])
        default:
            let other = others.randomElement(using: &generator) ?? []
            let start = Int.random(in: 0...other.count, using: &generator)
            bytes.insert(contentsOf: other[start..<min(other.count, start + 32)], at: place)
        }
    }
}
