import Credential
import Encodings
import Seal
import Signing
import TestSupport
import Trust
import Verification

/// One seal in front of one verifier: everything right until a test changes something.
struct Scene {
    static let issuedAt = SampleCertificate.claims.issuedAt

    let root: PrivateKey
    let key: PrivateKey
    /// Known to no list.
    let stranger: PrivateKey
    let statusKey: PrivateKey
    var status = StatusSource()
    var claims = SampleCertificate.claims
    var list: TrustList
    var now = Scene.issuedAt + 3600
    var isTrustCurrent = false

    init(_ algorithm: SignatureAlgorithm = .es256) throws {
        root = try PrivateKey.generate(.es256)
        key = try PrivateKey.generate(algorithm)
        stranger = try PrivateKey.generate(algorithm)
        statusKey = try PrivateKey.generate(.es256)
        list = TrustList(
            iss: "潍坊市职业技能鉴定中心", sequence: 1, iat: Self.issuedAt - 86_400, nextUpdate: Self.issuedAt + 86_400,
            institutions: [
                SampleCertificate.institution(
                    keys: [.init(key.publicKey, from: Self.issuedAt - 1000, to: Self.issuedAt + 1000)],
                    names: [.init(name: SampleCertificate.typical.institutionName, from: "2001-06-01")],
                    filedFrom: "2026-01-01", to: "2026-12-31")
            ], statusKeys: [.init(statusKey.publicKey, from: Self.issuedAt - 1000)])
    }

    /// The key's entry in the list.
    var entry: TrustList.Key {
        get { list.institutions[0].keys[0] }
        set { list.institutions[0].keys[0] = newValue }
    }

    func trust() throws -> TrustSource {
        try .list(VerifiedTrustList(jws: list.signed(by: root), root: root.publicKey))
    }

    func seal(by signer: PrivateKey? = nil) throws -> [UInt8] {
        try SampleCertificate.seal(claims, by: signer ?? key)
    }

    /// A right signature over a header that names another algorithm than the key's.
    func seal(naming algorithm: Int) throws -> [UInt8] {
        var header = CBORWriter()
        header.writeMapHead(count: 2)
        header.writeInteger(1)
        header.writeInteger(algorithm)
        header.writeInteger(4)
        header.writeBytes(key.publicKey.kid.bytes)
        let payload = try claims.encoded()
        let signed = COSESign1.signedBytes(protected: header.bytes[...], payload: payload[...])
        var seal = CBORWriter()
        seal.writeTag(COSESign1.tag)
        seal.writeArrayHead(count: 4)
        seal.writeBytes(header.bytes)
        seal.writeMapHead(count: 0)
        seal.writeBytes(payload)
        try seal.writeBytes(Signer(key).sign(signed))
        return seal.bytes
    }

    func verifier(trust source: TrustSource? = nil) throws -> SealVerifier {
        try SealVerifier(trust: source ?? trust(), status: status, now: now, isTrustCurrent: isTrustCurrent)
    }

    func verdict(of seal: [UInt8]? = nil, trust source: TrustSource? = nil) throws -> Verdict {
        let text = try QRText.text(host: "any.example", seal: seal ?? self.seal())
        return try verifier(trust: source).verify(qrText: text)
    }

    func verdict(text: String) throws -> Verdict { try verifier().verify(qrText: text) }

    /// The verdict on a seal of a key that was compromised later, with what was recorded before: the seal
    /// itself when `recorded` is nil.
    static func compromised(since: Int = issuedAt + 1, recorded entries: [[UInt8]]?) throws -> Verdict {
        var scene = try Scene()
        let seal = try scene.seal()
        let own = try RecordedSeals.entry(of: UnverifiedSeal(decoding: seal).signedBytes)
        let recorded = RecordedSeals(entries: entries ?? [own])
        scene.entry.state = .compromised
        scene.entry.compromisedSince = since
        scene.entry.recorded = try recorded.reference
        guard case .list(var list) = try scene.trust() else { return try scene.verdict() }
        guard list.add(recordedSeals: recorded.bytes, of: scene.key.publicKey.kid) else { return try scene.verdict() }
        return try scene.verdict(of: seal, trust: .list(list))
    }

    /// The verdict after some changes to a right scene.
    static func verdict(_ change: (inout Scene) throws -> Void) throws -> Verdict {
        var scene = try Scene()
        try change(&scene)
        return try scene.verdict()
    }
}

extension Verdict {
    func result(_ name: Check.Name) -> Check.Result? { checks.first { $0.name == name }?.result }

    /// Whether it is this failure of this one check, with every other check passed or without an object.
    func isOnly(_ name: Check.Name, _ expected: Check.Result) -> Bool {
        result(name) == expected && checks.allSatisfy { $0.name == name || $0.result == .pass || $0.result == .none }
    }
}
