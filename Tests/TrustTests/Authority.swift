import Encodings
import Foundation
import Signing
import Trust

/// An authority with its root key, and a list of two institutions that a test may change before it is signed.
struct Authority {
    let root: PrivateKey
    /// One key of every registered algorithm, all of the first institution.
    let issuers: [PrivateKey]
    let otherIssuer: PrivateKey
    var list: TrustList

    init(root algorithm: SignatureAlgorithm = .es256) throws {
        root = try PrivateKey.generate(algorithm)
        issuers = try SignatureAlgorithm.registered.map { try PrivateKey.generate($0) }
        otherIssuer = try PrivateKey.generate(.es256)
        list = TrustList(
            iss: "潍坊市职业技能鉴定中心", sequence: 3, iat: 1_782_813_600, nextUpdate: 1_790_589_600,
            institutions: [
                .init(
                    id: "4137012391",
                    names: [
                        .init(name: "潍坊职业学校", from: "1990-09-01", to: "2001-05-31"),
                        .init(name: "潍坊职业学院", from: "2001-06-01"),
                    ],
                    keys: issuers.map { .init($0.publicKey, from: 1_782_813_600) },
                    filings: [
                        .init(
                            occupation: "5-05-01-02", name: "农业经理人", levels: [3, 4], from: "2024-01-01",
                            to: "2027-12-31")
                    ]),
                .init(
                    id: "4137012392", names: [.init(name: "寿光蔬菜学院", from: "2010-01-01")],
                    keys: [.init(otherIssuer.publicKey, from: 1_782_813_600)],
                    filings: [.init(occupation: "4-02-06-03", name: "物流服务师", levels: [3], from: "2025-01-01")]),
            ])
    }

    /// The list as it would be published, read by a verifier that pins this root.
    func published() throws -> VerifiedTrustList {
        try VerifiedTrustList(jws: list.signed(by: root), root: root.publicKey)
    }

    /// A JWS of any header and payload with a right signature of any key, as a forger or a careless
    /// authority could make it.
    func jws(header: String, payload: [UInt8]? = nil, signedBy key: PrivateKey? = nil) throws -> String {
        let content = try payload ?? JWSParts(list.signed(by: root)).payload
        let input = Base64URL.encode(header.utf8) + "." + Base64URL.encode(content)
        return try input + "." + Base64URL.encode(Signer(key ?? root).sign(Array(input.utf8)))
    }

    /// The right header, with fields added in front or taken over.
    func header(alg: String? = nil, kid: String? = nil, typ: String = "trust-list+jwt", adding: String = "") -> String {
        let alg = alg ?? root.algorithm.name
        return #"{\#(adding)"alg":"\#(alg)","kid":"\#(kid ?? root.publicKey.kid.description)","typ":"\#(typ)"}"#
    }
}

/// A compact JWS taken apart.
struct JWSParts {
    var header: [UInt8]
    var payload: [UInt8]
    var signature: [UInt8]

    struct Malformed: Error {}

    init(_ jws: String) throws {
        let parts = jws.split(separator: ".").map { Base64URL.decode($0) }
        guard parts.count == 3, let header = parts[0], let payload = parts[1], let signature = parts[2] else {
            throw Malformed()
        }
        (self.header, self.payload, self.signature) = (header, payload, signature)
    }

    var text: String { [header, payload, signature].map { Base64URL.encode($0) }.joined(separator: ".") }
}
