import Signing
import Trust
import Verification

/// Why a receipt vouches for nothing here. Equal by code.
package struct ReceiptProblem: Error, Equatable, CustomStringConvertible {
    package enum Code: String, Sendable {
        case malformed, unknownKey, badSignature, keyNotInForce, trustListMissing, trustListOlder
    }

    package let code: Code
    package let description: String

    init(_ code: Code, _ description: String) {
        self.code = code
        self.description = description
    }

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
        let malformed = ReceiptProblem(.malformed, "this is not a verification receipt")
        guard bytes.count <= Self.maximumByteCount, let text = String(validating: bytes, as: UTF8.self) else {
            throw malformed
        }
        guard let jws = CompactJWS(text), let header = jws.header, header.type == Self.type,
            let receipt = jws.content(as: Self.self)
        else { throw malformed }
        guard case .list(let list) = trust else {
            throw ReceiptProblem(.trustListMissing, "there is no valid trust list to check the receipt with")
        }
        guard let record = list.receiptKey(header.keyID) else {
            // A newer list may know the key.
            throw receipt.iat > list.list.iat
                ? ReceiptProblem(.trustListOlder, "the trust list is older than the receipt; get the newest one")
                : ReceiptProblem(
                    .unknownKey, "the receipt's key \(header.keyID) is none of the trust list's receipt keys")
        }
        // The algorithm is the listed key's; the header must only agree.
        guard header.algorithm == record.key.algorithm.name, try jws.isSigned(by: record.key) else {
            throw ReceiptProblem(.badSignature, "the receipt's signature is wrong: it was changed or forged")
        }
        guard record.isInForce(at: receipt.iat) else {
            throw ReceiptProblem(.keyNotInForce, "the receipt's key was not in force when it was made")
        }
        self = receipt
    }
}
