import PersonalData
import Store

/// Files that jobs made, in encrypted pieces.
package struct JobPieces: Sendable {
    /// Before encryption; the last piece has what is left.
    package static let byteCount = 1 << 20

    private let keys: DataKeys

    package init(_ keys: DataKeys) { self.keys = keys }

    func seal(_ bytes: [UInt8], at position: Int, of job: JobID) throws -> [UInt8] {
        try IdentityProtector(keys).seal(bytes, label: Self.label(position, job))
    }

    /// - Returns: nil beyond the last piece, and once the result is gone.
    package func piece(
        _ position: Int, of job: JobID, in store: any Store
    ) async throws -> [UInt8]? {
        guard let box = try await store.read({ try $0.resultPiece(position, of: job) }) else { return nil }
        return try IdentityProtector(keys).open(box, label: Self.label(position, job))
    }

    /// No piece opens as another, nor as another job's.
    private static func label(_ position: Int, _ job: JobID) -> [UInt8] { Array("job|\(job.value)|\(position)".utf8) }
}
