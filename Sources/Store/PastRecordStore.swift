import Credential

package protocol PastRecordReading {
    /// Whether anybody holds a certificate yet.
    func hasCertificates() throws -> Bool
    /// Of those for which there is one.
    func certificates(heldAs holdings: [Holding]) throws -> [Holding: HeldCertificate]
    /// A page of an institution's certificates with their holders, by batch and row, after the given key.
    func certificates(of institution: InstitutionID, after key: CertificateKey?, limit: Int) throws -> [HeldCertificate]
    /// The attempts of each person at one occupation and level, oldest first; of those who made any.
    func attempts(of holdings: [Holding]) throws -> [Holding: [AttemptRecord]]
    /// A page of an institution's attempts, by key, after the given one.
    func attempts(of institution: InstitutionID, after key: AttemptKey?, limit: Int) throws -> [AttemptRecord]
    func settlements() throws -> [Settlement]
}

package protocol PastRecordWriting: PastRecordReading {
    /// What was kept of an attempt on the same day is replaced.
    func save(_ attempts: [AttemptRecord], of institution: InstitutionID) throws
    /// A row's finding is settled once; a second time is a conflict.
    func save(_ settlement: Settlement) throws
}
