import Errors
import PersonalData
import Signing
import Store

/// A file in encrypted pieces of 1 MiB, each bound to the thing that it belongs to, its place and how many there are: none
/// can be left out, changed, moved or given to another thing.
struct SealedPieces {
    private let protector: IdentityProtector
    private let owner: String

    /// - Parameter owner: what the file belongs to, such as `sheet 12`.
    init(of owner: String, _ keys: DataKeys) throws(SigningError) {
        protector = try IdentityProtector(keys)
        self.owner = owner
    }

    static func count(of byteCount: Int) -> Int {
        max(1, (byteCount + SheetFile.pieceSize - 1) / SheetFile.pieceSize)
    }

    func seal(_ bytes: [UInt8]) throws(SigningError) -> [[UInt8]] {
        let count = Self.count(of: bytes.count)
        var pieces: [[UInt8]] = []
        for index in 0..<count {
            // bounded: within the bytes, as the count is made of them.
            let piece = bytes[(index * SheetFile.pieceSize)..<min(bytes.count, (index + 1) * SheetFile.pieceSize)]
            pieces.append(try protector.seal(Array(piece), label: label(index, of: count)))
        }
        return pieces
    }

    func open(_ pieces: [[UInt8]]) throws -> [UInt8] {
        try pieces.enumerated().reduce(into: []) { bytes, piece in
            bytes += try protector.open(piece.element, label: label(piece.offset, of: pieces.count))
        }
    }

    private func label(_ index: Int, of count: Int) -> [UInt8] { Array("\(owner)|piece \(index) of \(count)".utf8) }
}

/// The frozen files of submissions as the store keeps them.
package struct FrozenFiles: Sendable {
    private let keys: DataKeys

    package init(_ keys: DataKeys) { self.keys = keys }

    func pieces(of bytes: [UInt8], for id: SubmissionID) throws(SigningError) -> [[UInt8]] {
        try SealedPieces(of: "submission \(id.value)", keys).seal(bytes)
    }

    /// Exactly what was submitted.
    package func bytes(of submission: Submission, in store: any SheetReading) throws -> [UInt8] {
        let pieces = try store.frozenFile(of: submission.id)
        guard !pieces.isEmpty else {
            throw Refusal(
                .missing, zh: "报送 \(submission.id.value) 的文件已按期限删除",
                en: "the file of submission \(submission.id.value) was deleted after its time")
        }
        let bytes = try? SealedPieces(of: "submission \(submission.id.value)", keys).open(pieces)
        guard let bytes, try SHA256.digest(bytes) == submission.digest else {
            throw Refusal(
                .damaged, zh: "报送 \(submission.id.value) 的文件与报送时的摘要不一致；什么都没有签发",
                en:
                    "the file of submission \(submission.id.value) does not have the digest that was submitted; nothing "
                    + "is signed")
        }
        return bytes
    }
}
