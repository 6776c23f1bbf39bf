import Encodings
import Signing

/// A signed PDF in the making: everything in its place but the CMS signature itself.
struct SignatureAssembly {
    private(set) var writer: PDFWriter
    private let contents: Range<Int>

    static let fieldName = "Signature"

    init(
        _ revision: PDFRevision, _ attachment: PDFAttachment?, _ details: PDFSignatureDetails, contentByteCount: Int
    ) throws(PDFProblem) {
        let catalog = try Self.catalog(revision)
        let page = try Self.onlyPage(revision, catalog)
        let numbers = Numbers(first: revision.nextNumber, hasAttachment: attachment != nil)
        writer = PDFWriter(
            reserving: revision.bytes.count + contentByteCount * 2 + 4096, objectCount: numbers.count)
        for object in revision.objects where object.number != catalog.number && object.number != page.number {
            writer.copy(object, from: revision)
        }
        if let attachment { Self.append(attachment, numbers, at: details.signingTime, to: &writer) }
        let newCatalog = try Self.extended(catalog, revision, attachment, numbers)
        writer.object(catalog.number) { $0.append(.dictionary(newCatalog)) }
        let newPage = try Self.extended(page, revision, numbers)
        writer.object(page.number) { $0.append(.dictionary(newPage)) }
        // Invisible: no appearance, no extent (ISO 32000 §12.7.5.5); flags Print and Locked.
        writer.object(numbers.field) {
            $0.append(
                "<< /Type /Annot /Subtype /Widget /FT /Sig /T (\(Self.fieldName)) /V \(numbers.signature) 0 R "
                    + "/P \(page.number) 0 R /Rect [ 0 0 0 0 ] /F 132 >>")
        }
        let holes = Self.append(details, numbers, contentByteCount, to: &writer)
        writer.finish(trailer: revision.trailer)
        contents = holes.contents
        let rest = writer.bytes.count - contents.upperBound
        writer.fill(holes.byteRange, "0 \(contents.lowerBound) \(contents.upperBound) \(rest)".utf8)
    }

    /// All of the file but the token `<…>` of Contents.
    var signedRanges: [Range<Int>] { [0..<contents.lowerBound, contents.upperBound..<writer.bytes.count] }

    /// - Parameter content: at most as long as was reserved; zeros follow it.
    mutating func fill(content: [UInt8]) {
        writer.fill(contents.lowerBound + 1, Array(Hex.encode(content, .upper).utf8))
    }

    private struct Numbers {
        let file: Int
        let fileSpecification: Int
        let field: Int
        let signature: Int
        var count: Int { signature + 1 }

        init(first: Int, hasAttachment: Bool) {
            (file, fileSpecification) = (first, first + 1)
            field = hasAttachment ? first + 2 : first
            signature = field + 1
        }
    }

    private static func catalog(_ revision: PDFRevision) throws(PDFProblem) -> PDFIndirectObject {
        guard let catalog = revision.object(revision.trailer["Root"]?.reference),
            catalog.value.dictionary?["Type"]?.name == "Catalog"
        else { throw .malformed("it has no catalog") }
        return catalog
    }

    private static func onlyPage(
        _ revision: PDFRevision, _ catalog: PDFIndirectObject
    ) throws(PDFProblem) -> PDFIndirectObject {
        let pages = revision.dictionary(catalog.value.dictionary?["Pages"])
        guard pages?["Count"]?.integer == 1, let kids = pages?["Kids"]?.array, kids.count == 1,
            let page = revision.object(kids[0].reference), page.value.dictionary?["Type"]?.name == "Page"
        else { throw .malformed("it has not exactly one page") }
        return page
    }

    private static func extended(
        _ catalog: PDFIndirectObject, _ revision: PDFRevision, _ attachment: PDFAttachment?, _ numbers: Numbers
    ) throws(PDFProblem) -> PDFDictionary {
        var dictionary = catalog.value.dictionary ?? PDFDictionary()
        var names = revision.dictionary(dictionary["Names"]) ?? PDFDictionary()
        guard dictionary["AcroForm"] == nil, dictionary["Perms"] == nil, dictionary["AF"] == nil,
            names["EmbeddedFiles"] == nil
        else { throw .malformed("it has a form, permissions or attachments already") }
        dictionary["Version"] = .name("1.7")
        dictionary["AcroForm"] = .dictionary([
            // SignaturesExist, AppendOnly
            "Fields": .array([.reference(numbers.field)]), "SigFlags": .integer(3),
        ])
        dictionary["Perms"] = .dictionary(["DocMDP": .reference(numbers.signature)])
        if let attachment {
            names["EmbeddedFiles"] = .dictionary([
                "Names": .array([
                    .string(Array(attachment.name.utf8), at: 0..<0), .reference(numbers.fileSpecification),
                ])
            ])
            dictionary["Names"] = .dictionary(names)
            dictionary["AF"] = .array([.reference(numbers.fileSpecification)])
        }
        return dictionary
    }

    private static func extended(
        _ page: PDFIndirectObject, _ revision: PDFRevision, _ numbers: Numbers
    ) throws(PDFProblem) -> PDFDictionary {
        var dictionary = page.value.dictionary ?? PDFDictionary()
        let annotations = dictionary["Annots"]
        let present = annotations?.array ?? revision.object(annotations?.reference)?.value.array
        guard annotations == nil || present != nil else { throw .malformed("its annotations are no list") }
        dictionary["Annots"] = .array((present ?? []) + [.reference(numbers.field)])
        return dictionary
    }

    private static func append(
        _ attachment: PDFAttachment, _ numbers: Numbers, at time: Int, to writer: inout PDFWriter
    ) {
        let size = attachment.bytes.count
        let type = PDFWriter.name(attachment.mediaType)
        writer.stream(
            numbers.file,
            "/Type /EmbeddedFile /Subtype \(type) /Params << /Size \(size) /ModDate \(PDFWriter.date(time)) >>",
            attachment.bytes)
        let name = PDFWriter.hexadecimal(Array(attachment.name.utf8))
        writer.object(numbers.fileSpecification) {
            $0.append(
                "<< /Type /Filespec /F \(name) /UF \(name) /AFRelationship /Data "
                    + "/EF << /F \(numbers.file) 0 R /UF \(numbers.file) 0 R >> >>")
        }
    }

    /// - Returns: where the numbers of ByteRange and the token of Contents stand.
    private static func append(
        _ details: PDFSignatureDetails, _ numbers: Numbers, _ contentByteCount: Int, to writer: inout PDFWriter
    ) -> (byteRange: Int, contents: Range<Int>) {
        var byteRange = 0
        var contents = 0..<0
        writer.object(numbers.signature) { writer in
            writer.append(
                """
                << /Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached
                /M \(PDFWriter.date(details.signingTime)) /Name \(PDFWriter.text(details.name))
                /Reason \(PDFWriter.text(details.reason))
                /Reference [ << /Type /SigRef /TransformMethod /DocMDP
                /TransformParams << /Type /TransformParams /P 1 /V /1.2 >> >> ]
                /ByteRange [
                """)
            byteRange = writer.bytes.count
            writer.append(String(repeating: " ", count: 40) + "]\n/Contents ")
            let start = writer.bytes.count
            writer.append("<" + String(repeating: "0", count: contentByteCount * 2) + ">")
            contents = start..<writer.bytes.count
            writer.append("\n>>")
        }
        return (byteRange, contents)
    }
}
