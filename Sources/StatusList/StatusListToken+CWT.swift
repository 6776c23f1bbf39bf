import Encodings
import Errors
import Seal
import Signing

/// The CWT form (Token Status List §5.2): a tagged COSE_Sign1, without the CWT tag.
extension StatusListClaims {
    package static let cwtType = "application/statuslist+cwt"
    private static let listLabel = 65533
    private static let timeToLiveLabel = 65534
    /// Of private use (RFC 8392 §9.1).
    private static let trustSequenceLabel = -65538

    package func cwt(signedBy key: PrivateKey) throws -> [UInt8] {
        var header = CBORWriter()
        header.writeMapHead(count: 3)
        header.writeInteger(1)
        header.writeInteger(key.algorithm.coseIdentifier)
        header.writeInteger(4)
        header.writeBytes(key.publicKey.kid.bytes)
        header.writeInteger(16)
        header.writeText(Self.cwtType)
        let payload = cborClaims()
        let signed = COSESign1.signedBytes(protected: header.bytes[...], payload: payload[...])
        var token = CBORWriter(reservingCapacity: payload.count + 160)
        token.writeTag(COSESign1.tag)
        token.writeArrayHead(count: 4)
        token.writeBytes(header.bytes)
        token.writeMapHead(count: 0)
        token.writeBytes(payload)
        token.writeBytes(try Signer(key).sign(signed))
        return token.bytes
    }

    private func cborClaims() -> [UInt8] {
        var writer = CBORWriter(reservingCapacity: deflated.count + 200)
        writer.writeMapHead(count: 3 + [expiresAt, timeToLive, trustSequence].count { $0 != nil })
        writer.writeInteger(2)
        writer.writeText(uri)
        if let expiresAt {
            writer.writeInteger(4)
            writer.writeInteger(expiresAt)
        }
        writer.writeInteger(6)
        writer.writeInteger(issuedAt)
        writer.writeInteger(Self.listLabel)
        writer.writeMapHead(count: 2)
        writer.writeText("lst")
        writer.writeBytes(deflated)
        writer.writeText("bits")
        writer.writeInteger(bits)
        if let timeToLive {
            writer.writeInteger(Self.timeToLiveLabel)
            writer.writeInteger(timeToLive)
        }
        if let trustSequence {
            writer.writeInteger(Self.trustSequenceLabel)
            writer.writeInteger(trustSequence)
        }
        return writer.bytes
    }

    /// Others need not put a map's keys in order; none may stand twice.
    init(decodingCBOR payload: ArraySlice<UInt8>) throws(FormatError) {
        var reader = CBORReader(payload)
        var (uri, issuedAt, expiresAt, timeToLive) = (String?.none, Int?.none, Int?.none, Int?.none)
        var (trustSequence, bits, list) = (Int?.none, Int?.none, [UInt8]?.none)
        try reader.readMap(inAnyOrder: true) { (key, reader) throws(FormatError) in
            switch key {
            case .integer(2): uri = try reader.readText()
            case .integer(4): expiresAt = try reader.readInteger()
            case .integer(6): issuedAt = try reader.readInteger()
            case .integer(Self.timeToLiveLabel): timeToLive = try reader.readInteger()
            case .integer(Self.trustSequenceLabel): trustSequence = try reader.readInteger()
            case .integer(Self.listLabel):
                try reader.readMap(inAnyOrder: true) { (key, reader) throws(FormatError) in
                    switch key {
                    case .text("bits"): bits = try reader.readInteger()
                    case .text("lst"): list = Array(try reader.readBytes())
                    default: try reader.skip()
                    }
                }
            default: try reader.skip()
            }
        }
        try reader.finish()
        guard let uri, let issuedAt, let bits, let list else {
            throw FormatError(
                .malformedClaims, zh: "状态列表缺少地址、时间或内容", en: "the status list lacks its address, time or content")
        }
        self.init(
            uri: uri, issuedAt: issuedAt, expiresAt: expiresAt, timeToLive: timeToLive, trustSequence: trustSequence,
            bits: bits, deflated: list)
    }
}

extension UnverifiedStatusToken {
    init(cwt bytes: [UInt8]) throws(FormatError) {
        do {
            let message = try COSESign1(decoding: bytes)
            guard message.protected.type == StatusListClaims.cwtType else {
                throw FormatError(
                    .wrongType, zh: "COSE 消息的类型不是 \(StatusListClaims.cwtType)",
                    en: "the COSE message is of another type than \(StatusListClaims.cwtType)")
            }
            guard let algorithm = message.protected.algorithm,
                let keyID = message.protected.keyID ?? message.unprotected.keyID
            else {
                throw FormatError(
                    .malformed, zh: "状态列表的头部没有指明算法或密钥", en: "the status list's header names no algorithm or key")
            }
            self.init(
                algorithm: .cose(algorithm), keyID: KeyID(bytes: keyID)?.description ?? "",
                unverifiedClaims: try StatusListClaims(decodingCBOR: message.payload).checked(),
                signedBytes: message.signedBytes(), signature: Array(message.signature))
        } catch let error as FormatError {
            throw error
        } catch {
            throw FormatError(
                .malformed, zh: "状态列表不是其规定的 CBOR：\(error.explanation.zh)",
                en: "the status list is not the CBOR of one: \(error.explanation.en)")
        }
    }
}
