import Errors
import Signing
import Trust
import Verification

/// Why a receipt vouches for nothing here. Equal by code.
package struct ReceiptProblem: Explained, Equatable {
    package enum Code: String, Sendable {
        case malformed, unknownKey, badSignature, keyNotInForce, trustListMissing, trustListOlder
    }

    package let code: Code
    package let words: BilingualText

    init(_ code: Code, zh: String, en: String) {
        self.code = code
        words = BilingualText(zh: zh, en: en)
    }

    package var category: ErrorCategory { .refused }
    package var codeName: String { code.rawValue }

    package static func == (a: Self, b: Self) -> Bool { a.code == b.code }

    /// A missing or old trust list says nothing against a receipt.
    package var outcome: Outcome {
        switch code {
        case .trustListMissing, .trustListOlder: .couldNotCheck
        default: .notValid
        }
    }
}

extension VerificationReceipt {
    package static let type = "verification-receipt+jwt"
    private static let maximumByteCount = 1 << 20

    /// The compact JWS (RFC 7515).
    package func signed(by key: PrivateKey) throws -> String {
        try CompactJWS.signed(self, type: Self.type, by: key)
    }

    /// Reads nothing of a receipt as true before its signature is right under a receipt key of the trust list.
    package init(jws bytes: [UInt8], trust: TrustSource) throws {
        let malformed = ReceiptProblem(.malformed, zh: "这不是核验回执", en: "this is not a verification receipt")
        guard bytes.count <= Self.maximumByteCount, let text = String(validating: bytes, as: UTF8.self) else {
            throw malformed
        }
        guard let jws = CompactJWS(text), let header = jws.header, header.type == Self.type,
            let receipt = jws.content(as: Self.self)
        else { throw malformed }
        guard case .list(let list) = trust else {
            throw ReceiptProblem(
                .trustListMissing, zh: "没有可用来核验回执的有效信任列表", en: "there is no valid trust list to check the receipt with")
        }
        guard let record = list.receiptKey(header.keyID) else {
            // A newer list may know the key.
            throw receipt.iat > list.list.iat
                ? ReceiptProblem(
                    .trustListOlder, zh: "信任列表比回执旧；请取得最新的",
                    en: "the trust list is older than the receipt; get the newest one")
                : ReceiptProblem(
                    .unknownKey, zh: "回执的密钥 \(header.keyID) 不是信任列表中的回执密钥",
                    en: "the receipt's key \(header.keyID) is none of the trust list's receipt keys")
        }
        // The algorithm is the listed key's; the header must only agree.
        guard header.algorithm == record.key.algorithm.name, try jws.isSigned(by: record.key) else {
            throw ReceiptProblem(
                .badSignature, zh: "回执的签名有误：它被改动过或是伪造的",
                en: "the receipt's signature is wrong: it was changed or forged")
        }
        guard record.isInForce(at: receipt.iat) else {
            throw ReceiptProblem(
                .keyNotInForce, zh: "回执作出时其密钥不在有效期内", en: "the receipt's key was not in force when it was made")
        }
        self = receipt
    }
}
