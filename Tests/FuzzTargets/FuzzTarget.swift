import Approvals
import Credential
import Encodings
import Foundation
import HTTPSupport
import PDFSignature
import Photos
import Results
import Seal
import Signing
import Spreadsheets
import StatusList
import TestSupport
import Trust
import Verification
import WebAuthn

@testable import Parsing
@testable import Portal

/// One parser of what strangers send, as fuzzers see it: bytes in, and nothing but its own errors out.
package enum FuzzTarget: String, CaseIterable, Sendable {
    case pdf
    case signedPDF = "signed-pdf"
    case zip, workbook, sheet, table, seal
    case qrText = "qr-text"
    case status
    case trustList = "trust-list"
    case frozenSheet = "frozen-sheet"
    case bundle, der, certificate, cms, picture, pixels, wire, mail, request, passkey, statement, evidence, form
    case multipart

    /// Inputs longer than this only cost time.
    package var longest: Int {
        switch self {
        case .pdf, .signedPDF, .workbook, .sheet, .table, .picture, .cms: 1 << 14
        default: 1 << 12
        }
    }

    package func run(_ input: [UInt8]) {
        switch self {
        case .pdf: _ = try? SignedPDF(Self.document(input))
        case .signedPDF: SignedPages.read(input)
        case .zip: SheetInputs.readArchive(Self.archive(input))
        case .workbook: SheetInputs.readSheet(SheetInputs.workbook(input))
        case .sheet: SheetInputs.readSheet(input)
        case .table: SheetInputs.readTable(input)
        case .seal: _ = try? UnverifiedSeal(decoding: input)
        case .qrText: _ = try? UnverifiedSeal(qrText: String(decoding: input, as: UTF8.self))
        case .status: _ = try? UnverifiedStatusToken(input)
        case .trustList:
            _ = try? VerifiedTrustList(jws: String(decoding: input, as: UTF8.self), root: Sample.root.publicKey)
        case .bundle: _ = VerificationBundle(decoding: input)
        case .der: Self.walk(DERReader(input), depth: 0)
        case .certificate: _ = try? X509Certificate(der: input).publicKey()
        case .cms: SignedPages.readSignature(input)
        case .request: JSONRequests.decode(input)
        case .picture:
            _ = try? PhotoReader.texts(in: input) { _ in false }
            for use in [PictureUse.portrait(width: 30, height: 42), .whole] {
                _ = try? PictureDecoder.decode(input, for: use)
            }
        case .pixels: _ = try? PhotoReader.texts(in: Self.bitmap(input)) { _ in false }
        case .wire: Self.answer(input)
        case .passkey: Passkeys.read(input)
        case .statement: _ = try? Statement(input)
        case .evidence: _ = try? EvidenceFile(input)
        case .multipart: Self.readMultipart(input)
        case .frozenSheet: SheetInputs.readFrozen(input)
        case .form:
            if let form = Form(input) { _ = (form["csrf"], form.all("role")) }
        case .mail: _ = LegacyText.decode(input)
        }
    }

    /// Objects divided by 0xFF, with a table that says rightly where they stand; or the file itself.
    private static func document(_ input: [UInt8]) -> [UInt8] {
        guard input.first == 1 else { return Array(input.dropFirst()) }
        return SamplePage.assemble(parts(input.dropFirst()).map { String(decoding: $0, as: UTF8.self) })
    }

    /// Names and contents by turns, in an archive whose sums are right; or the archive itself.
    private static func archive(_ input: [UInt8]) -> [UInt8] {
        guard input.first == 1 else { return Array(input.dropFirst()) }
        let parts = parts(input.dropFirst())
        var zip = StoredZip()
        for index in stride(from: 0, to: parts.count - 1, by: 2) {
            zip.add(String(decoding: parts[index].prefix(300), as: UTF8.self), Array(parts[index + 1]))
        }
        return zip.bytes
    }

    static func parts(_ input: some Sequence<UInt8>) -> [[UInt8]] {
        Array(input).split(separator: 0xFF, maxSplits: 64, omittingEmptySubsequences: false).map(Array.init)
    }

    private static func walk(_ reader: DERReader, depth: Int) {
        var reader = reader
        while depth < 32, !reader.isAtEnd, let element = try? reader.element() {
            if element.tag & 0x20 != 0 { walk(DERReader(element.content), depth: depth + 1) }
        }
    }

    /// What is taken from a form is in it, and no part has more than it may.
    private static func readMultipart(_ input: [UInt8]) {
        guard let form = MultipartForm(input, boundary: "x") else { return }
        precondition(form.fields.count <= MultipartForm.mostFields)
        precondition(form.fields.allSatisfy { $0.value.utf8.count <= MultipartForm.longestField })
        let taken = form.fields.reduce(form.file?.bytes.count ?? 0) { $0 + $1.value.utf8.count }
        precondition(taken <= input.count)
    }

    /// A picture of these bits, for the readers of codes.
    private static func bitmap(_ input: [UInt8]) -> [UInt8] {
        let side = 64
        let pixels = (0..<side * side).map { index in
            let byte = index / 8
            return byte < input.count && input[byte] & (1 << (index % 8)) != 0 ? UInt8(0) : 255
        }
        return PlainPicture.png(width: side, height: side, grey: pixels)
    }

    /// What a worker that went wrong might say.
    private static func answer(_ input: [UInt8]) {
        var reader = WireReader(input.dropFirst())
        switch (input.first ?? 0) % 4 {
        case 0: _ = try? reader.texts()
        case 1: _ = try? SignedPDF(Array(input.dropFirst()), whole: ())
        case 2: _ = RefusalCode.error(Array(input.dropFirst()))
        default:
            let outline = try? JSONDecoder().decode(SheetOutline.self, from: Data(input.dropFirst()))
            guard let outline, outline.isSound, let table = outline.tables.first else { return }
            let chunk = SheetChunk(index: 0, table: 0, firstRow: 2, rowCount: 1, bytes: Array(input.suffix(200)))
            if chunk.isSound(in: table) { SheetInputs.interpret(chunk, of: outline) }
        }
    }
}
