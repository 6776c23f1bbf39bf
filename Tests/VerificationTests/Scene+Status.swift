import Seal
import Signing
import StatusList
import Trust
import Verification

extension Scene {
    static let statusURI = "https://verify.example.org/status/1"

    mutating func referToStatus(index: Int = 7) { claims.status = .init(index: index, uri: Self.statusURI) }

    /// A list made a minute after the seal, changed by the caller.
    func statusToken(
        size: Int = 1 << 10, bits: Int = 2, entries: [Int: UInt8] = [:], by signer: PrivateKey? = nil,
        issuedAt: Int = Scene.issuedAt + 60, _ change: (inout StatusListClaims) -> Void = { _ in }
    ) throws -> [UInt8] {
        var statuses = try StatusArray(bits: bits, count: size)
        for (index, value) in entries { try statuses.set(value, at: index) }
        var claims = try StatusListClaims(
            uri: Self.statusURI, issuedAt: issuedAt, expiresAt: Self.issuedAt + 86_400, timeToLive: 300,
            statuses: statuses)
        change(&claims)
        return try claims.jwt(signedBy: signer ?? statusKey)
    }

    func verifiedTrust() throws -> VerifiedTrustList {
        try VerifiedTrustList(jws: list.signed(by: root), root: root.publicKey)
    }

    /// The seal refers to index 7 of a list, and that list was fetched from its address.
    mutating func takeStatus(
        size: Int = 1 << 10, bits: Int = 2, entries: [Int: UInt8] = [:], by signer: PrivateKey? = nil,
        seen: Int? = nil, maximumAge: Int? = nil, _ change: (inout StatusListClaims) -> Void = { _ in }
    ) throws {
        referToStatus()
        status = StatusSource(maximumAge: maximumAge)
        status.add(
            try statusToken(size: size, bits: bits, entries: entries, by: signer, change), from: Self.statusURI,
            trust: try verifiedTrust(), seen: seen.map { [Self.statusURI: $0] } ?? [:])
    }
}
