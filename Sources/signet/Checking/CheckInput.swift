import Bulk
import Credential
import Errors
import Files
import Glibc
import Results
import Seal
import Signing
import Verification

/// What `verify` was given, by its content.
enum CheckInput {
    case qrText(String)
    case document(path: String)
    /// Rows in UTF-8 of any number; without a layout, lines with a QR text in each.
    case list(String, head: [UInt8], ListLayout?)
    /// A table, an archive or a photo.
    case bulk(BulkInput, SpooledInput?)

    /// - Parameter wholeFile: whether a result is to be written, which only whole files have.
    init(_ input: String, wholeFile: Bool) throws {
        if Self.isQRText(input) {
            self = .qrText(input)
            return
        }
        if input == "-" {
            self = try Self.ofStandardInput(wholeFile: wholeFile)
            return
        }
        guard access(input, F_OK) == 0 else { throw Self.missing(input) }
        let head = try BulkInput.head(of: input)
        if !wholeFile, DocumentVerifier.isPDF(head) || head.isEmpty && input.lowercased().hasSuffix(".pdf") {
            self = .document(path: input)
        } else if let text = try wholeFile ? nil : Self.text(head, input, []) {
            self = text
        } else {
            self = .bulk(try BulkInput(path: input, name: Self.fileName(input), workers: ForeignFiles.pool), nil)
        }
    }

    private static func ofStandardInput(wholeFile: Bool) throws -> CheckInput {
        let head = try SpooledInput.head()
        if !wholeFile, let text = try text(head, "-", head) { return text }
        let spooled = try SpooledInput(head: head)
        return .bulk(try BulkInput(path: spooled.path, name: "-", workers: ForeignFiles.pool), spooled)
    }

    /// Nil for what is more than text in UTF-8, and for readers of tables to judge.
    private static func text(_ head: [UInt8], _ input: String, _ read: [UInt8]) throws -> CheckInput? {
        let lines = head.count < BulkInput.headByteCount ? head[...] : head[..<(head.lastIndex(of: 0x0A) ?? head.count)]
        guard !head.isEmpty, !BulkInput.isBinary(head: head), !head.contains(0),
            let text = String(validating: lines, as: UTF8.self)
        else { return nil }
        if let layout = ListLayout(head: Array(text.utf8.drop { [0xEF, 0xBB, 0xBF].contains($0) })) {
            return .list(input, head: read, layout)
        }
        let found = text.split(whereSeparator: \.isNewline).prefix(mostSought).map { SealSearch.find(in: $0) }
        if found.contains(where: \.isWhole) { return .list(input, head: read, nil) }
        // One text, broken over lines by what it was sent with.
        if SealSearch.find(in: text).isWhole { return .qrText(text) }
        if found.contains(where: \.isTrace) { return .list(input, head: read, nil) }
        guard text.contains(where: { !$0.isWhitespace }) else { return .list(input, head: read, nil) }
        throw BulkInput.isEmail(head: head)
            ? BulkProblem.email : BulkProblem.noColumns(found: ListLayout.titles(head: head))
    }

    /// Lines in which a seal is looked for.
    private static let mostSought = 200

    /// Words for what is neither a file nor a QR text; a number alone is the likeliest.
    private static func missing(_ input: String) -> Refusal {
        guard (try? CertificateNumber(written: input)) != nil, !input.contains("/")
        else {
            return Refusal(.missing, FileOperation.open.failure(input, ENOENT))
        }
        return Refusal(
            .missing, zh: "\(input) 是证书编号，没有持证人姓名不能说明什么：请给出二维码内容，或在有证书库的地方给出表头为 number,name 的 CSV 文件",
            en:
                "\(input) is a certificate's number, which tells nothing without its holder's name: give the QR text, or a CSV "
                + "file with the header number,name where the register is at hand")
    }

    private static func fileName(_ path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }

    private static func isQRText(_ input: String) -> Bool {
        // Names of files are shorter, and few begin like this.
        if input.hasPrefix("http://") || input.hasPrefix("https://") { return true }
        return input.utf8.count > 40 && SealSearch.find(in: input).isTrace
    }
}

/// Standard input in a file, as workbooks and archives are read from their end. Gone when it is let go.
final class SpooledInput {
    private static let maximumByteCount = 1 << 30

    /// It has no other name: what is checked may be about people, and goes with this process.
    var path: String { "/proc/self/fd/\(descriptor)" }
    private let descriptor: Int32

    /// As much as tells what it is.
    static func head() throws -> [UInt8] {
        var head: [UInt8] = []
        while head.count < BulkInput.headByteCount, let more = try block() { head += more }
        return head
    }

    init(head: [UInt8]) throws {
        let folder = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        descriptor = try TemporaryFile.openUnnamed(in: folder)
        var length = 0
        var next: [UInt8]? = head
        while let bytes = next {
            length += bytes.count
            guard length <= Self.maximumByteCount else {
                throw Refusal(
                    .refused, zh: "标准输入超过 1 GiB；请改为指定文件", en: "standard input has more than 1 GiB; name a file instead")
            }
            guard Glibc.write(descriptor, bytes, bytes.count) == bytes.count else {
                throw DurableFile.failure(.makeFile, folder)
            }
            next = try Self.block()
        }
    }

    deinit { close(descriptor) }

    private static func block() throws -> [UInt8]? {
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        let count = read(STDIN_FILENO, &buffer, buffer.count)
        guard count >= 0 else { throw DurableFile.failure(.read, "standard input") }
        return count == 0 ? nil : Array(buffer[..<count])
    }
}
