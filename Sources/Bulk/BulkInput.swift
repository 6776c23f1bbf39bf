import Files
import Glibc
import Parsing
import Photos
import Signing
import Spreadsheets

/// A file to be checked row by row, known by its content.
package struct BulkInput: Sendable {
    package enum Kind: Sendable {
        /// Text: a table with a header, or a list of QR texts.
        case text
        case workbook
        case archive
        case file
    }

    package let path: String
    /// What it is called in the result.
    package let name: String
    package let kind: Kind
    private let workers: ParsingPool

    /// How much of a file's beginning ``isBinary(head:)`` looks at.
    package static let headByteCount = 1 << 16

    /// - Parameter workers: read what is more than text.
    package init(path: String, name: String, workers: ParsingPool) throws {
        self.path = path
        self.name = name
        self.workers = workers
        let head = try Self.head(of: path)
        guard !head.isEmpty else { throw BulkProblem.empty }
        if head.starts(with: Self.zip) {
            // Its first file says so, as the format asks (OpenDocument 1.3 part 2, §3.3).
            let kind = "mimetypeapplication/vnd.oasis.opendocument"
            guard !head.dropFirst(30).starts(with: kind.utf8) else { throw BulkProblem.openDocument }
            self.kind = try BulkProblem.worded { try workers.isWorkbook(InputFile(path: path)) } ? .workbook : .archive
        } else if PhotoFormat(head) != nil {
            kind = .file
        } else {
            guard !Self.isEmail(head: head) else { throw BulkProblem.email }
            kind = .text
        }
    }

    package func open(_ limits: BulkLimits) throws -> any BulkSource {
        switch kind {
        case .text, .workbook: try TableSource(InputFile(path: path), limits: limits, workers)
        case .archive: try ArchiveSource(InputFile(path: path), limits: limits, workers)
        case .file: FileSource(name: name, bytes: try DurableFile.read(path, limit: FileQuestion.longest))
        }
    }

    /// Whether it begins with a header field as e-mails have (RFC 5322 §3.6).
    package static func isEmail(head: [UInt8]) -> Bool {
        let line = String(decoding: head.prefix(200).prefix { $0 != 0x0A && $0 != 0x0D }, as: UTF8.self).lowercased()
        return emailFields.contains { line.hasPrefix($0 + ":") }
    }

    private static let emailFields = [
        "from", "to", "received", "return-path", "delivered-to", "mime-version", "date", "subject", "message-id",
        "dkim-signature", "reply-to", "x-received", "arc-seal", "x-mozilla-status", "content-type",
    ]

    /// Whether something other than text begins so.
    package static func isBinary(head: [UInt8]) -> Bool {
        head.starts(with: zip) || PhotoFormat(head) != nil || head.starts(with: [0xD0, 0xCF, 0x11, 0xE0])
    }

    package static func head(of path: String) throws -> [UInt8] {
        let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw DurableFile.failure(.open, path) }
        defer { close(descriptor) }
        var head = [UInt8](repeating: 0, count: headByteCount)
        let count = read(descriptor, &head, head.count)
        guard count >= 0 else { throw DurableFile.failure(.read, path) }
        // bounded: read() gives at most what there is room for, and less than 0 is refused above.
        return Array(head[..<count])
    }

    private static let zip: [UInt8] = [0x50, 0x4B, 0x03, 0x04]
}
