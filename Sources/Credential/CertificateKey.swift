package struct BatchID: Hashable, Sendable {
    package let value: Int64
    package init(_ value: Int64) { self.value = value }
}

/// The key of a certificate in every store: the batch with which it was issued, and its row in the sheet. So a row
/// cannot have two certificates.
package struct CertificateKey: Hashable, Comparable, Sendable, CustomStringConvertible {
    package let batch: BatchID
    package let row: Int

    package init(batch: BatchID, row: Int) {
        self.batch = batch
        self.row = row
    }

    /// Such as `12/340`: part of what the record of acts digests.
    package var description: String { "\(batch.value)/\(row)" }

    package static func < (a: Self, b: Self) -> Bool { (a.batch.value, a.row) < (b.batch.value, b.row) }
}
