import Bulk
import Glibc
import Signing
import Verification

/// What `verify` was given, by its content.
enum CheckInput {
    case qrText(String)
    case document(path: String)
    /// Lines with a QR text last, of any number.
    case list(String, head: [UInt8])
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
        let head = try BulkInput.head(of: input)
        if !wholeFile, DocumentVerifier.isPDF(head) || input.lowercased().hasSuffix(".pdf") {
            self = .document(path: input)
        } else if wholeFile || BulkInput.isBinary(head: head) || BulkInput.isTable(head: head) {
            self = .bulk(try BulkInput(path: input, name: Self.fileName(input), workers: ForeignFiles.pool), nil)
        } else {
            self = .list(input, head: [])
        }
    }

    private static func ofStandardInput(wholeFile: Bool) throws -> CheckInput {
        let head = try SpooledInput.head()
        guard wholeFile || BulkInput.isBinary(head: head) || BulkInput.isTable(head: head) else {
            return .list("-", head: head)
        }
        let spooled = try SpooledInput(head: head)
        return .bulk(try BulkInput(path: spooled.path, name: "-", workers: ForeignFiles.pool), spooled)
    }

    private static func fileName(_ path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }

    private static func isQRText(_ input: String) -> Bool {
        if input.contains("#") && input.hasPrefix("http") { return true }
        return input.utf8.count > 40 && input.utf8.allSatisfy { (0x30...0x39).contains($0) }
    }
}

/// Standard input in a file, as workbooks and archives are read from their end. Gone when it is let go.
final class SpooledInput {
    private static let maximumByteCount = 1 << 30

    let path: String

    /// The first line, or as much as tells what follows.
    static func head() throws -> [UInt8] {
        var head: [UInt8] = []
        while head.count < BulkInput.headByteCount, !head.contains(0x0A), let more = try block() { head += more }
        return head
    }

    init(head: [UInt8]) throws {
        let folder = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        var template = Array("\(folder)/signet-XXXXXX".utf8CString)
        let descriptor = mkstemp(&template)
        guard descriptor >= 0 else { throw DurableFile.failure("cannot make a file in", folder) }
        defer { close(descriptor) }
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        var length = 0
        var next: [UInt8]? = head
        while let bytes = next {
            length += bytes.count
            guard length <= Self.maximumByteCount else {
                throw CommandFailure(.inputRefused, "standard input has more than 1 GiB; name a file instead")
            }
            guard Glibc.write(descriptor, bytes, bytes.count) == bytes.count else {
                throw DurableFile.failure("cannot write", path)
            }
            next = try Self.block()
        }
    }

    deinit { unlink(path) }

    private static func block() throws -> [UInt8]? {
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        let count = read(STDIN_FILENO, &buffer, buffer.count)
        guard count >= 0 else { throw DurableFile.failure("cannot read", "standard input") }
        return count == 0 ? nil : Array(buffer[..<count])
    }
}
