import Credential
import GRDB
import Store

/// As the row id `batch << 32 | row`: one row cannot have two certificates, without an index of its own.
extension CertificateKey: DatabaseValueConvertible {
    private static let rowBits: Int64 = 32

    init(rowID: Int64) {
        self.init(batch: BatchID(rowID >> Self.rowBits), row: Int(rowID & ((1 << Self.rowBits) - 1)))
    }

    var rowID: Int64 { batch.value << Self.rowBits | Int64(row) }
    var isStorable: Bool { (0..<(1 << Self.rowBits)).contains(Int64(row)) }

    static func first(of batch: BatchID) -> CertificateKey { CertificateKey(batch: batch, row: 0) }
    static func last(of batch: BatchID) -> CertificateKey { CertificateKey(batch: batch, row: 1 << rowBits - 1) }

    package var databaseValue: DatabaseValue { rowID.databaseValue }
    package static func fromDatabaseValue(_ value: DatabaseValue) -> CertificateKey? {
        Int64.fromDatabaseValue(value).map(CertificateKey.init(rowID:))
    }
}

extension RawStatement {
    func bind(_ index: Int32, _ key: CertificateKey) { bind(index, key.rowID) }
}
