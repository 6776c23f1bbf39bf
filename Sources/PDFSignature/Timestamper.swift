import Encodings
import Errors
import Signing

/// Gets timestamps (RFC 3161) for signatures. How a request travels is the composition root's affair.
package struct Timestamper: Sendable {
    /// Takes a TimeStampReq and gives the TimeStampResp, both in DER; bounds its own time.
    package typealias Transport = @Sendable (_ request: [UInt8]) throws -> [UInt8]

    private let transport: Transport

    package init(_ transport: @escaping Transport) { self.transport = transport }

    /// The token over a signature: its imprint and nonce are checked, its own signature is left to who
    /// trusts the authority.
    func token(for signature: [UInt8]) throws -> [UInt8] {
        let imprint = DER.sequence(CMSSignedData.sha256, DER.octetString(try SHA256.digest(signature)))
        let nonce = DER.unsigned(try SecureRandom.bytes(8))
        let request = DER.sequence(DER.integer(1), imprint, nonce, DER.yes)
        let response = try transport(request)
        let token: [UInt8]
        do {
            var reader = DERReader(response)
            var fields = try reader.nested()
            try reader.end()
            var status = try fields.nested()
            let code = try status.element(DER.Tag.integer).content
            // granted, grantedWithMods
            guard code.elementsEqual([0]) || code.elementsEqual([1]) else {
                throw PDFProblem(.timestampFailed, zh: "时间戳机构拒绝了请求", en: "the timestamp authority refused the request")
            }
            token = Array(try fields.element(DER.Tag.sequence).whole)
            try fields.end()
        } catch is FormatError {
            throw PDFProblem(
                .timestampFailed, zh: "时间戳机构的回答不是 RFC 3161 的应答",
                en: "the timestamp authority's answer is not an RFC 3161 response")
        }
        let information = try TimestampInformation(token: token)
        guard information.imprint == imprint, information.nonce == nonce else {
            throw PDFProblem(
                .timestampFailed, zh: "时间戳机构回答的是另一个请求", en: "the timestamp authority answered another request")
        }
        return token
    }
}

/// What a timestamp token says (RFC 3161 §2.4.2).
struct TimestampInformation {
    let imprint: [UInt8]
    /// Seconds since 1970.
    let time: Int
    let nonce: [UInt8]?

    init(token: [UInt8]) throws(PDFProblem) {
        do throws(FormatError) {
            var outer = DERReader(token)
            var contentInfo = try outer.nested()
            guard try contentInfo.objectIdentifier().elementsEqual(ObjectIdentifier.signedData.der) else {
                throw DERReader.malformed
            }
            var explicit = try contentInfo.nested(DER.Tag.context(0))
            var signedData = try explicit.nested()
            _ = try signedData.element(DER.Tag.integer)
            _ = try signedData.element(DER.Tag.set)
            var content = try signedData.nested()
            guard try content.objectIdentifier().elementsEqual(ObjectIdentifier.timestampInformation.der) else {
                throw DERReader.malformed
            }
            var octets = try content.nested(DER.Tag.context(0))
            var bytes = try octets.nested(DER.Tag.octetString)
            var fields = try bytes.nested()
            _ = try fields.element(DER.Tag.integer)
            _ = try fields.objectIdentifier()
            imprint = Array(try fields.element(DER.Tag.sequence).whole)
            _ = try fields.element(DER.Tag.integer)
            time = try X509Time.read(timestamp: fields.element(DER.Tag.generalizedTime))
            _ = try fields.optional(DER.Tag.sequence)
            _ = try fields.optional(DER.Tag.boolean)
            nonce = try fields.optional(DER.Tag.integer).map { Array($0.whole) }
        } catch {
            throw PDFProblem(.timestampFailed, zh: "时间戳令牌无法读取", en: "the timestamp token cannot be read")
        }
    }
}

extension ObjectIdentifier {
    fileprivate static let timestampInformation = ObjectIdentifier(1, 2, 840, 113549, 1, 9, 16, 1, 4)
}
