package protocol EvidenceReading {
    func evidence(_ id: EvidenceID) throws -> ApprovalEvidence?
    /// Of one thing, oldest first.
    func evidence(ofSubject subject: String) throws -> [ApprovalEvidence]
    /// In order, after the given one.
    func evidence(after id: EvidenceID?, limit: Int) throws -> [ApprovalEvidence]
    /// In order, those of which nothing became yet.
    func openEvidence(limit: Int) throws -> [ApprovalEvidence]
    /// The last of a key before the given one on which something was done.
    func evidence(usedBefore id: EvidenceID, ofCredential credential: [UInt8]) throws -> ApprovalEvidence?
    /// Nil while nothing became of it.
    func outcome(of evidence: EvidenceID) throws -> EvidenceOutcome?
}

package protocol EvidenceWriting: EvidenceReading {
    /// A statement that is there already is a ``StoreError/Code/conflict``: two callers at once never both keep one.
    func insert(_ signed: SignedStatement, at time: Int) throws -> ApprovalEvidence
    /// Once: something that became of it before is a ``StoreError/Code/conflict``.
    func conclude(_ evidence: EvidenceID, _ outcome: EvidenceOutcome) throws
}
