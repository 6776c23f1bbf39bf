import Credential

package protocol CertificateReading {
    /// The positions of those for which there is a certificate.
    func held(_ holdings: [Holding]) throws -> Set<Int>
    /// In the order in which they were prepared.
    func unsignedVersions(of batch: BatchID, limit: Int) throws -> [UnsignedVersion]
    /// In the order in which they were prepared, after `key`; of all batches when `batch` is nil.
    func sealedVersions(of batch: BatchID?, after key: VersionKey?, limit: Int) throws -> [SealedVersion]
    /// All sealed versions of a number, newest first.
    func sealedVersions(number: CertificateNumber) throws -> [SealedVersion]
    /// Of those that are signed.
    func sealedVersions(_ keys: [VersionKey]) throws -> [VersionKey: SealedVersion]
    /// The newest sealed version under each number that has one.
    func newestVersions(numbered numbers: [CertificateNumber]) throws -> [CertificateNumber: SealedVersion]
}

package protocol CertificateWriting: CertificateReading, SerialWriting {
    /// A number, a holding or a batch row that is already there is a ``StoreError/Code/conflict``.
    func insert(_ certificates: [NewCertificate], into batch: BatchID) throws -> [VersionKey]
    /// A version takes one signature, once; a second is a conflict.
    func insert(_ signatures: [VersionSignature]) throws
}

/// The numbers of certificates, a series for each institution, year and level.
package protocol SerialReading {
    /// The first serial of a series that was never used: 1 for a new series.
    func nextSerial(in series: String) throws -> Int
}

package protocol SerialWriting: SerialReading {
    /// The next serials of a series, which nobody else gets.
    func takeSerials(_ count: Int, in series: String) throws -> Range<Int>
    /// Serials only ever go up; a lower value than the present one is a conflict.
    func setNextSerial(_ serial: Int, in series: String) throws
}
