package protocol TrustListReading {
    /// As it was published, a compact JWS; the newest when `sequence` is nil.
    func trustList(sequence: Int?) throws -> String?
    /// 0 before the first.
    func lastTrustListSequence() throws -> Int
}

package protocol TrustListWriting: TrustListReading {
    /// A sequence that is there already is a conflict.
    func saveTrustList(_ jws: String, sequence: Int) throws
}
