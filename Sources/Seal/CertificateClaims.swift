import Credential
import Encodings
import Errors

/// The payload of a seal: CWT claims (RFC 8392) around a certificate. docs/formats/seal.md is its
/// specification; the numbers below are that page's.
package struct CertificateClaims: Equatable, Sendable {
    package static let certificateLabel = -65537
    static let statusLabel = 65535
    /// Years 1 to 9999 in days: beyond them a date could not be shown.
    static let awardDays = -719_162...2_932_896

    package struct StatusReference: Equatable, Sendable {
        package var index: Int
        package var uri: String
        package init(index: Int, uri: String) {
            self.index = index
            self.uri = uri
        }
    }

    package var certificate: Certificate
    /// Seconds since 1970.
    package var issuedAt: Int
    package var expiresAt: Int?
    package var notBefore: Int?
    package var status: StatusReference?

    package init(
        certificate: Certificate, issuedAt: Int, expiresAt: Int? = nil, notBefore: Int? = nil,
        status: StatusReference? = nil
    ) {
        self.certificate = certificate
        self.issuedAt = issuedAt
        self.expiresAt = expiresAt
        self.notBefore = notBefore
        self.status = status
    }

    /// Deterministic: the same claims give the same bytes. Refuses what a verifier would refuse, so
    /// that nothing unreadable is ever signed.
    package func encoded() throws(FormatError) -> [UInt8] {
        try checkTexts()
        var writer = CBORWriter(reservingCapacity: 320)
        let optionals = [expiresAt, notBefore].count { $0 != nil } + (status == nil ? 0 : 1)
        writer.writeMapHead(count: 4 + optionals)
        writer.writeInteger(1)
        writer.writeText(certificate.institution.text)
        if let expiresAt {
            writer.writeInteger(4)
            writer.writeInteger(expiresAt)
        }
        if let notBefore {
            writer.writeInteger(5)
            writer.writeInteger(notBefore)
        }
        writer.writeInteger(6)
        writer.writeInteger(issuedAt)
        writer.writeInteger(7)
        writer.writeBytes(certificate.id.bytes)
        if let status { status.write(to: &writer) }
        writer.writeInteger(Self.certificateLabel)
        certificate.write(to: &writer)
        guard writer.bytes.count <= UnverifiedSeal.maximumByteCount - PreparedSeal.envelopeByteCount else {
            throw FormatError(
                .tooLong, zh: "证书的文本合计过长，放不进二维码", en: "the certificate's texts are too long together for a seal")
        }
        return writer.bytes
    }

    private func checkTexts() throws(FormatError) {
        try check(certificate.institution.text)
        try check(certificate.number.text)
        try check(certificate.institutionName)
        try check(certificate.holderName)
        try check(certificate.occupation.code)
        try check(certificate.occupation.name)
        if let specialisation = certificate.specialisation { try check(specialisation) }
        if let status { try check(status.uri) }
        guard certificate.version >= 1 else {
            throw FormatError(.malformedClaims, zh: "版本从 1 开始", en: "a version starts at 1")
        }
        guard Self.awardDays.contains(certificate.awardDate.daysSinceEpoch) else {
            throw FormatError(
                .malformedClaims, zh: "发证日期不在公元 1 年至 9999 年之间", en: "the award date is not in the years 1 to 9999")
        }
        guard status.map({ $0.index >= 0 }) ?? true else {
            throw FormatError(.malformedClaims, zh: "状态列表中的位置从 0 开始", en: "a place in a status list starts at 0")
        }
    }

    private func check(_ text: String) throws(FormatError) {
        guard (1...CBORReader.maximumTextByteCount).contains(text.utf8.count), SafeText.isSafe(text) else {
            throw FormatError(
                .malformedClaims, zh: "证书的某个字段为空、过长或含有控制字符",
                en: "a certificate field is empty, too long, or has control characters")
        }
    }
}

extension CertificateClaims.StatusReference {
    fileprivate func write(to writer: inout CBORWriter) {
        writer.writeInteger(CertificateClaims.statusLabel)
        writer.writeMapHead(count: 1)
        writer.writeText("status_list")
        writer.writeMapHead(count: 2)
        writer.writeText("idx")
        writer.writeInteger(index)
        writer.writeText("uri")
        writer.writeText(uri)
    }
}

extension Certificate {
    fileprivate func write(to writer: inout CBORWriter) {
        writer.writeMapHead(count: specialisation == nil ? 8 : 9)
        writer.writeInteger(1)
        writer.writeText(number.text)
        writer.writeInteger(2)
        writer.writeInteger(version)
        writer.writeInteger(3)
        writer.writeText(institutionName)
        writer.writeInteger(4)
        writer.writeText(holderName)
        writer.writeInteger(5)
        writer.writeText(occupation.code)
        writer.writeInteger(6)
        writer.writeText(occupation.name)
        if let specialisation {
            writer.writeInteger(7)
            writer.writeText(specialisation)
        }
        writer.writeInteger(8)
        writer.writeInteger(level.rawValue)
        writer.writeInteger(9)
        writer.writeInteger(awardDate.daysSinceEpoch)
    }
}
