import Encodings
import Errors
import FoundationEssentials
import Signing
import Store

/// A signed statement in a file, as it is carried from whoever signed to whoever acts: JSON.
package struct EvidenceFile: Sendable {
    private struct Raw: Codable {
        var statement, signature: String
        var authenticatorData, clientDataJSON: String?
    }

    package let statement: Statement
    private let signature, authenticatorData, clientDataJSON: [UInt8]

    /// Signs a statement with a key of a file or a token.
    package init(signing bytes: [UInt8], with key: PrivateKey) throws {
        let statement = try Statement(bytes)
        guard statement.credential == key.publicKey.kid.bytes else {
            throw ApprovalError(
                .unknownApprover, zh: "批准书要由另一把密钥签署，不是 \(key.publicKey.kid)",
                en: "the statement is for another key than \(key.publicKey.kid)")
        }
        self.init(statement, signature: try Signer(key).sign(bytes))
    }

    /// - Throws: ``ApprovalErrorCode/malformed`` for what is no such file.
    package init(_ bytes: [UInt8]) throws {
        guard bytes.count <= 1 << 18, bytes.withUnsafeBytes(StrictJSON.isAcceptable),
            let raw = try? JSONDecoder().decode(Raw.self, from: Data(bytes)),
            let statement = Base64URL.decode(raw.statement), let signature = Base64URL.decode(raw.signature),
            let data = Base64URL.decode(raw.authenticatorData ?? ""),
            let client = Base64URL.decode(raw.clientDataJSON ?? "")
        else { throw ApprovalError.malformed("the file of the evidence") }
        self.init(
            try Statement(statement), signature: signature, authenticatorData: data, clientDataJSON: client)
    }

    private init(
        _ statement: Statement, signature: [UInt8], authenticatorData: [UInt8] = [], clientDataJSON: [UInt8] = []
    ) {
        (self.statement, self.signature) = (statement, signature)
        (self.authenticatorData, self.clientDataJSON) = (authenticatorData, clientDataJSON)
    }

    /// - Parameter subject: the thing that it approves, such as `submission 12`.
    package func signed(for subject: String) -> SignedStatement {
        SignedStatement(
            statement, subject: subject, authenticatorData: authenticatorData, clientDataJSON: clientDataJSON,
            signature: signature)
    }

    package func encoded() throws -> [UInt8] {
        try StableJSON.encode(
            Raw(
                statement: Base64URL.encode(statement.bytes), signature: Base64URL.encode(signature),
                authenticatorData: Base64URL.encode(authenticatorData),
                clientDataJSON: Base64URL.encode(clientDataJSON))) + [0x0A]
    }
}

extension SignedStatement {
    package init(
        _ statement: Statement, subject: String, authenticatorData: [UInt8] = [], clientDataJSON: [UInt8] = [],
        signature: [UInt8]
    ) {
        self.init(
            act: statement.act.rawValue, subject: subject, subjectDigest: statement.subjectDigest,
            statement: statement.bytes, account: statement.account, credential: statement.credential,
            authenticatorData: authenticatorData, clientDataJSON: clientDataJSON, signature: signature)
    }
}
