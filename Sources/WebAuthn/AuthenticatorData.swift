import Encodings
import Errors

/// What the authenticator says, and signs at sign-in (Web Authentication Level 3 §6.1).
struct AuthenticatorData {
    /// A passkey's id and key (§6.5.1), which stand there at registration only.
    struct AttestedCredential {
        let id: [UInt8]
        /// COSE_Key as it was sent.
        let cose: [UInt8]
    }

    struct Flags: OptionSet {
        let rawValue: UInt8
        static let userPresent = Flags(rawValue: 0x01)
        static let userVerified = Flags(rawValue: 0x04)
        static let backupEligible = Flags(rawValue: 0x08)
        static let backedUp = Flags(rawValue: 0x10)
        static let attestedCredential = Flags(rawValue: 0x40)
        static let extensions = Flags(rawValue: 0x80)
    }

    static let mostIDBytes = 1023
    private static let smallestCount = 37

    let relyingPartyIDHash: [UInt8]
    let flags: Flags
    let counter: UInt32
    let credential: AttestedCredential?

    init(_ bytes: [UInt8]) throws(WebAuthnError) {
        guard bytes.count >= Self.smallestCount else { throw .malformed("authenticatorData is too short") }
        relyingPartyIDHash = Array(bytes.prefix(32))
        flags = Flags(rawValue: bytes[32])
        counter = bytes[33..<37].reduce(0) { $0 << 8 | UInt32($1) }
        var rest = bytes.dropFirst(Self.smallestCount)
        do {
            credential = flags.contains(.attestedCredential) ? try Self.credential(&rest) : nil
            if flags.contains(.extensions) { rest = try Self.extensions(rest) }
        } catch let error as FormatError {
            throw .malformed("authenticatorData: \(error.words.en)")
        } catch {
            throw .malformed("the credential in authenticatorData")
        }
        guard rest.isEmpty else { throw .malformed("bytes follow authenticatorData") }
    }

    /// 16 bytes that name the model, two that tell the id's length, the id, and the key, which ends where its CBOR does.
    private static func credential(_ rest: inout ArraySlice<UInt8>) throws -> AttestedCredential {
        let head = rest.prefix(18)
        guard head.count == 18 else { throw WebAuthnError.malformed("the credential is cut") }
        let count = head.suffix(2).reduce(0) { $0 << 8 | Int($1) }
        let id = Array(rest.dropFirst(18).prefix(count))
        guard (1...mostIDBytes).contains(count), id.count == count else {
            throw WebAuthnError.malformed("the length of the credential's id")
        }
        let key = rest.dropFirst(18 + count)
        var reader = CBORReader(key, dialect: .authenticator)
        try reader.skip()
        rest = reader.rest
        return AttestedCredential(id: id, cose: Array(key.dropLast(rest.count)))
    }

    /// A map, whose contents are not used: none was asked for (§7.1, step on unsolicited extensions).
    private static func extensions(_ rest: ArraySlice<UInt8>) throws -> ArraySlice<UInt8> {
        var reader = CBORReader(rest, dialect: .authenticator)
        try reader.readMap(inAnyOrder: true) { (_, reader) throws(FormatError) in try reader.skip() }
        return reader.rest
    }

    /// §7.1 and §7.2: `rpIdHash`, UP, UV, and that what cannot be backed up is not.
    func check(_ party: RelyingParty) throws(WebAuthnError) {
        guard relyingPartyIDHash == party.idHash else {
            throw WebAuthnError(
                .wrongRelyingParty, zh: "通行密钥属于别的网站", en: "the passkey belongs to another site")
        }
        guard flags.contains(.userPresent) else {
            throw WebAuthnError(
                .userAbsent, zh: "没有人确认使用通行密钥，请再试一次", en: "nobody confirmed the use of the passkey; try again")
        }
        guard flags.contains(.userVerified) else {
            throw WebAuthnError(
                .userNotVerified, zh: "通行密钥没有核实本人；请为它设置指纹、人脸或 PIN 后再试",
                en: "the passkey did not verify its user; set up a fingerprint, face or PIN for it and try again")
        }
        guard flags.contains(.backupEligible) || !flags.contains(.backedUp) else {
            throw WebAuthnError(
                .wrongBackupState, zh: "通行密钥的备份标志自相矛盾", en: "the passkey's backup flags contradict each other")
        }
    }
}
