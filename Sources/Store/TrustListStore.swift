package protocol TrustListReading {
    /// As it was published, a compact JWS; the newest when `sequence` is nil.
    func trustList(sequence: Int?) throws -> String?
    /// 0 before the first.
    func lastTrustListSequence() throws -> Int
}

package protocol TrustListWriting: TrustListReading {
    /// Replaces the newest, whose sequence is `last`; another's that came meanwhile, and a sequence that is not higher,
    /// are a ``StoreError/Code/conflict``.
    func saveTrustList(_ jws: String, sequence: Int, after last: Int) throws
}
