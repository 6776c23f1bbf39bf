import Errors

/// What was added after the signed revision, as far as can be told: for the words, not for the verdict,
/// which is the same whatever it is.
struct PDFAddition {
    let problem: PDFProblem

    init(_ bytes: [UInt8], after revision: PDFRevision, _ structure: SignatureStructure) {
        let added = Self.objects(in: bytes, from: revision.end)
        let dictionaries = added.compactMap(\.value.dictionary)
        let hasAnnotations = dictionaries.contains {
            $0["Type"]?.name == "Annot" || $0["Subtype"]?.name == "FreeText" || $0["Subtype"]?.name == "Stamp"
        }
        let numbers = Set(added.map(\.number))
        let hasFiles = dictionaries.contains { $0["Type"]?.name == "EmbeddedFile" || $0["Type"]?.name == "Filespec" }
        let replacesContent = dictionaries.contains { dictionary in
            dictionary["Type"]?.name == "Page"
                && (dictionary["Contents"] != structure.page["Contents"]
                    || dictionary["Resources"] != structure.page["Resources"])
        }
        if !numbers.isDisjoint(with: structure.attachmentObjects) || hasFiles {
            problem = PDFProblem(
                .attachmentReplaced, zh: "签名之后放入了附件", en: "an attachment was put in after it was signed")
        } else if hasAnnotations {
            problem = PDFProblem(.annotated, zh: "签名之后添加了批注", en: "annotations were added after it was signed")
        } else if replacesContent || !numbers.isDisjoint(with: structure.pageObjects) {
            problem = PDFProblem(.overlaid, zh: "签名之后页面被改动", en: "the page was changed after it was signed")
        } else {
            problem = PDFProblem(
                .appended, zh: "签名之后添加了 \(bytes.count - revision.end) 字节",
                en: "\(bytes.count - revision.end) bytes were added after it was signed")
        }
    }

    /// How much of what was added is looked at.
    private static let mostBytes = 1 << 16
    private static let mostAttempts = 256

    /// Objects that can be read; the rest is skipped line by line. Where an object is tried, it may run to the end of
    /// what is looked at: so both are bounded.
    private static func objects(in file: [UInt8], from start: Int) -> [PDFIndirectObject] {
        let bytes = Array(file.dropFirst(start).prefix(mostBytes))
        var found: [PDFIndirectObject] = []
        var (position, attempts) = (0, 0)
        while position < bytes.count, attempts < mostAttempts {
            attempts += 1
            var lexer = PDFLexer(bytes, at: position)
            if let number = try? lexer.unsignedInteger(), lexer.take(" 0 obj"), let value = try? lexer.object() {
                found.append(
                    // bounded: a lexer only goes forward.
                    PDFIndirectObject(number: number, value: value, stream: nil, extent: position..<lexer.position))
                position = lexer.position
            } else {
                position = bytes[position...].firstIndex { $0 == 0x0A || $0 == 0x0D }.map { $0 + 1 } ?? bytes.count
            }
        }
        return found
    }
}
