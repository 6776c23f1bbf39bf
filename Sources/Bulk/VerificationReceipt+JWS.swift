import Encodings
import FoundationEssentials
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
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let header = JWSHeader(algorithm: key.algorithm.name, keyID: key.publicKey.kid.description, type: Self.type)
        let signed = try Base64URL.encode(header.encoded()) + "." + Base64URL.encode(encoder.encode(self))
        return try signed + "." + Base64URL.encode(Signer(key).sign(Array(signed.utf8)))
    }

    /// Reads nothing of a receipt as true before its signature is right under a receipt key of the trust list.
    package init(jws bytes: [UInt8], trust: TrustSource) throws {
        let malformed = ReceiptProblem(.malformed, "this is not a verification receipt")
        guard bytes.count <= Self.maximumByteCount, let text = String(validating: bytes, as: UTF8.self) else {
            throw malformed
        }
        let parts = text.split { $0.isWhitespace }.first?.split(separator: ".", omittingEmptySubsequences: false) ?? []
        guard parts.count == 3, let header = JWSHeader(decoding: parts[0]), header.type == Self.type,
            let payload = Base64URL.decode(parts[1]), let signature = Base64URL.decode(parts[2]),
            let receipt = try? JSONDecoder().decode(Self.self, from: Data(payload))
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
        guard header.algorithm == record.key.algorithm.name,
            try Verifier(record.key).isValid(signature, for: Array("\(parts[0]).\(parts[1])".utf8))
        else { throw ReceiptProblem(.badSignature, "the receipt's signature is wrong: it was changed or forged") }
        guard record.isInForce(at: receipt.iat) else {
            throw ReceiptProblem(.keyNotInForce, "the receipt's key was not in force when it was made")
        }
        self = receipt
    }
}
