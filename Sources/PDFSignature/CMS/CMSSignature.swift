import Encodings
import Signing

/// A signature as ``CMSSignedData/Template`` makes it.
struct CMSSignature {
    let chain: X509Chain
    private let encoded: [UInt8]
    private let signature: [UInt8]
    private let timestamp: [UInt8]?

    /// With a timestamp and its certificates, a signature has about 15 KB.
    private static let mostBytes = 1 << 16
    private static let mostCertificates = 8

    /// - Parameter contents: of the signature dictionary: DER, then zeros.
    init(contents: [UInt8]) throws {
        guard contents.count <= Self.mostBytes else { throw DERReader.malformed }
        var reader = DERReader(contents)
        let outer = try reader.element(DER.Tag.sequence)
        guard contents.dropFirst(outer.whole.count).allSatisfy({ $0 == 0 }) else { throw DERReader.malformed }
        encoded = Array(outer.whole)
        var contentInfo = DERReader(outer.content)
        _ = try contentInfo.objectIdentifier()
        var explicit = try contentInfo.nested(DER.Tag.context(0))
        var signedData = try explicit.nested()
        _ = try signedData.element(DER.Tag.integer)
        _ = try signedData.element(DER.Tag.set)
        _ = try signedData.element(DER.Tag.sequence)
        var certificates = try signedData.nested(DER.Tag.context(0))
        var list: [X509Certificate] = []
        while !certificates.isAtEnd {
            guard list.count < Self.mostCertificates else { throw DERReader.malformed }
            list.append(try X509Certificate(der: Array(certificates.element(DER.Tag.sequence).whole)))
        }
        chain = try X509Chain(list)
        var signers = try signedData.nested(DER.Tag.set)
        var signer = try signers.nested()
        _ = try signer.element(DER.Tag.integer)
        _ = try signer.element(DER.Tag.sequence)
        _ = try signer.element(DER.Tag.sequence)
        _ = try signer.element(DER.Tag.context(0))
        _ = try signer.element(DER.Tag.sequence)
        signature = Array(try signer.element(DER.Tag.octetString).content)
        timestamp = try Self.timestamp(in: &signer)
    }

    private static func timestamp(in signer: inout DERReader) throws(FormatError) -> [UInt8]? {
        guard !signer.isAtEnd else { return nil }
        var attributes = try signer.nested(DER.Tag.context(1))
        var attribute = try attributes.nested()
        _ = try attribute.objectIdentifier()
        var values = try attribute.nested(DER.Tag.set)
        return Array(try values.element(DER.Tag.sequence).whole)
    }

    /// Whether the signature is right, and everything around it is what the signer would have written for
    /// this digest, byte for byte: attributes, signer, algorithms, certificate reference.
    func isValid(digest: [UInt8]) throws(SigningError) -> Bool {
        let template = try CMSSignedData.Template(chain)
        let attributes = template.signedAttributes(digest: digest)
        let expected = template.contentInfo(signedAttributes: attributes, signature: signature, timestamp: timestamp)
        let key = try chain.leaf.publicKey()
        guard expected == encoded, key.algorithm == .es256, let raw = key.algorithm.signature(x509: signature) else {
            return false
        }
        return try Verifier(key).isValid(raw, for: attributes)
    }
}
