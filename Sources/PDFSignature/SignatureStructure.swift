import Errors
import Signing

/// Where in a revision the parts of its signature stand; that they are as ``SignatureAssembly`` puts them.
struct SignatureStructure {
    let contents: [UInt8]
    let signedRanges: [Range<Int>]
    let signingTime: Int
    let page: PDFDictionary
    /// The one file that goes along, not looked into yet; nil when there is none, or more than one.
    let attachedFile: AttachedFile?
    /// Objects whose replacement changes what the page shows.
    let pageObjects: Set<Int>
    let attachmentObjects: Set<Int>

    init(_ revision: PDFRevision) throws(PDFProblem) {
        guard let catalogNumber = revision.trailer["Root"]?.reference,
            let catalog = revision.dictionary(revision.trailer["Root"]), catalog["Type"]?.name == "Catalog"
        else { throw .malformed("it has no catalog") }
        let signature = try Self.onlySignature(revision, catalog)
        guard case .string(let contents, let token) = signature["Contents"] else {
            throw PDFProblem(.unsigned, zh: "签名是空的", en: "its signature is empty")
        }
        // It is signed by nobody, so it may be written in one way only.
        let digits = revision.bytes[token].dropFirst().dropLast()
        guard digits.allSatisfy({ (0x30...0x39).contains($0) || (0x41...0x46).contains($0) }) else {
            throw PDFProblem(
                .changed, zh: "签名的写法与 Signet 不同", en: "its signature is written in another way than Signet writes it")
        }
        // bounded: the token is one of the revision's, which ends behind it.
        let ranges = [0..<token.lowerBound, token.upperBound..<revision.end]
        let byteRange = signature["ByteRange"]?.array?.map { $0.integer }
        guard byteRange == ranges.flatMap({ [$0.lowerBound, $0.count] }) else {
            // Other programs that save a document again keep the numbers and move the bytes.
            throw .malformed("its signature is not that of this file")
        }
        guard signature["SubFilter"]?.name == "ETSI.CAdES.detached", Self.forbidsChanges(signature),
            let date = signature["M"]?.string, date.starts(with: Array("D:".utf8)), date.last == UInt8(ascii: "Z"),
            let time = X509Time.seconds(digits: date.dropFirst(2).dropLast())
        else { throw .malformed("its signature is not of the kind that Signet makes") }
        let (pageNumber, page) = try Self.onlyPage(revision, catalog)
        (self.contents, signedRanges, signingTime, self.page) = (contents, ranges, time, page)
        let files = Self.attachedFiles(revision, catalog)
        attachedFile = files.count == 1 ? files[0] : nil
        attachmentObjects = Set(files.flatMap { [$0.file.number, $0.specification] }.compactMap { $0 })
        pageObjects = Set(
            [
                catalogNumber, pageNumber, catalog["Pages"]?.reference, page["Contents"]?.reference,
                page["Resources"]?.reference,
            ].compactMap { $0 })
    }

    /// The one field, the one permission and the one signature must be the same.
    private static func onlySignature(
        _ revision: PDFRevision, _ catalog: PDFDictionary
    ) throws(PDFProblem) -> PDFDictionary {
        let fields = revision.dictionary(catalog["AcroForm"])?["Fields"]?.array ?? []
        let signatures = revision.objects.filter { $0.value.dictionary?["ByteRange"] != nil }
        guard fields.count == 1, let field = revision.dictionary(fields[0]), field["FT"]?.name == "Sig",
            let number = field["V"]?.reference, signatures.count == 1, signatures[0].number == number,
            revision.dictionary(catalog["Perms"])?["DocMDP"]?.reference == number,
            let signature = revision.dictionary(.reference(number))
        else { throw PDFProblem(.unsigned, zh: "没有恰好一个认证签名", en: "it has not exactly one signature that certifies it") }
        return signature
    }

    private static func forbidsChanges(_ signature: PDFDictionary) -> Bool {
        guard let references = signature["Reference"]?.array, references.count == 1,
            let reference = references[0].dictionary
        else { return false }
        return reference["TransformMethod"]?.name == "DocMDP"
            && reference["TransformParams"]?.dictionary?["P"]?.integer == 1
    }

    private static func onlyPage(
        _ revision: PDFRevision, _ catalog: PDFDictionary
    ) throws(PDFProblem) -> (Int, PDFDictionary) {
        let pages = revision.dictionary(catalog["Pages"])
        guard let kids = pages?["Kids"]?.array, kids.count == 1, let number = kids[0].reference,
            let page = revision.dictionary(kids[0]), page["Type"]?.name == "Page"
        else { throw .malformed("it has not exactly one page") }
        return (number, page)
    }

    struct AttachedFile {
        let name: [UInt8]
        let file: PDFIndirectObject
        let specification: Int?

        /// Inflates it: to be asked of signed files alone.
        func attachment(_ revision: PDFRevision, _ inflater: inout Inflater) throws(PDFProblem) -> PDFAttachment {
            PDFAttachment(
                name: String(decoding: name, as: UTF8.self), mediaType: file.value.dictionary?["Subtype"]?.name ?? "",
                bytes: try inflater.content(of: file, in: revision.bytes))
        }
    }

    /// More than one are one too many, however many there are.
    private static let mostFiles = 2

    private static func attachedFiles(_ revision: PDFRevision, _ catalog: PDFDictionary) -> [AttachedFile] {
        let names = revision.dictionary(revision.dictionary(catalog["Names"])?["EmbeddedFiles"])?["Names"]?.array ?? []
        return stride(from: 0, to: names.count - 1, by: 2).prefix(mostFiles).compactMap { index in
            guard let specification = revision.dictionary(names[index + 1]), let name = names[index].string,
                let number = specification["EF"]?.dictionary?["F"]?.reference, let file = revision.object(number)
            else { return nil }
            return AttachedFile(name: name, file: file, specification: names[index + 1].reference)
        }
    }
}
