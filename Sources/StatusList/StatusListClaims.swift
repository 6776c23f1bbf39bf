import Encodings
import Errors

/// What a status list token says (Token Status List §5). Instants are in seconds since 1970.
package struct StatusListClaims: Equatable, Sendable {
    /// `sub`: the address of the list, the same as in the certificates that refer to it.
    package var uri: String
    package var issuedAt: Int
    package var expiresAt: Int?
    /// Seconds after which a copy should be fetched again.
    package var timeToLive: Int?
    /// The least `sequence` of a trust list that this list goes with: one below is an old copy.
    package var trustSequence: Int?
    package var bits: Int
    /// In zlib framing; inflated only once the signature is known to be right.
    package var deflated: [UInt8]

    package init(
        uri: String, issuedAt: Int, expiresAt: Int?, timeToLive: Int?, trustSequence: Int? = nil, bits: Int,
        deflated: [UInt8]
    ) {
        self.trustSequence = trustSequence
        self.uri = uri
        self.issuedAt = issuedAt
        self.expiresAt = expiresAt
        self.timeToLive = timeToLive
        self.bits = bits
        self.deflated = deflated
    }

    package init(
        uri: String, issuedAt: Int, expiresAt: Int?, timeToLive: Int?, trustSequence: Int? = nil,
        statuses: StatusArray
    ) throws(FormatError) {
        self.init(
            uri: uri, issuedAt: issuedAt, expiresAt: expiresAt, timeToLive: timeToLive, trustSequence: trustSequence,
            bits: statuses.bits, deflated: try statuses.deflated())
    }

    /// Refuses times that no list can have; a `ttl` is positive (§5.1).
    func checked() throws(FormatError) -> StatusListClaims {
        let isSane =
            issuedAt >= 0 && expiresAt ?? 0 >= 0 && timeToLive ?? 1 > 0 && trustSequence ?? 0 >= 0 && !uri.isEmpty
            && uri.utf8.count <= 600
        guard isSane else {
            throw FormatError(
                .malformed, zh: "状态列表的时间、ttl 或地址不可能成立", en: "a status list has an impossible time, ttl or address")
        }
        return self
    }
}
