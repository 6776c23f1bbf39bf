import Credential

/// One PDF made of one version: which print it was, and its bytes' digest.
package struct PrintRecord: Hashable, Sendable {
    package let key: VersionKey
    /// 1 for the first print; each replacement (补证) raises it.
    package let serial: Int
    /// SHA-256 of the file.
    package let digest: [UInt8]
    package let approval: Approval

    package init(key: VersionKey, serial: Int, digest: [UInt8], approval: Approval) {
        self.key = key
        self.serial = serial
        self.digest = digest
        self.approval = approval
    }
}

package protocol DocumentReading {
    /// The newest sealed version of each certificate of a batch, in the order in which they were
    /// prepared, after a certificate's key.
    func newestSealedVersions(of batch: BatchID, after certificate: CertificateKey?, limit: Int) throws
        -> [SealedVersion]
    /// In the order in which they were made.
    func prints(of certificate: CertificateKey) throws -> [PrintRecord]
}

package protocol DocumentWriting: DocumentReading {
    /// Of sealed versions; the same file again changes nothing.
    func save(_ prints: [PrintRecord]) throws
}
