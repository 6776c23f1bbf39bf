import Credential
import Encodings
import Errors

extension CertificateClaims {
    /// Reads claims strictly; unknown claims and fields are passed over, unknown encodings are not.
    package init(decoding payload: ArraySlice<UInt8>) throws(FormatError) {
        var reader = CBORReader(payload)
        var issuer: String?
        var expiresAt: Int?
        var notBefore: Int?
        var issuedAt: Int?
        var id: CertificateID?
        var status: StatusReference?
        var fields: CertificateFields?
        try reader.readMap { (key, reader) throws(FormatError) in
            switch key {
            case .integer(1): issuer = try reader.readShownText()
            case .integer(4): expiresAt = try reader.readInteger()
            case .integer(5): notBefore = try reader.readInteger()
            case .integer(6): issuedAt = try reader.readInteger()
            case .integer(7): id = CertificateID(bytes: Array(try reader.readBytes()))
            case .integer(Self.statusLabel): status = try StatusReference(reading: &reader)
            case .integer(Self.certificateLabel): fields = try CertificateFields(reading: &reader)
            default: try reader.skip()
            }
        }
        try reader.finish()
        guard let issuer, let issuedAt, let id, let certificate = fields?.certificate(id: id, institution: issuer)
        else {
            throw FormatError(
                .malformedClaims, zh: "缺少必需的声明或证书字段，或其内容有误",
                en: "a required claim or certificate field is missing or wrong")
        }
        self.init(
            certificate: certificate, issuedAt: issuedAt, expiresAt: expiresAt, notBefore: notBefore, status: status)
    }
}

extension CertificateClaims.StatusReference {
    fileprivate init(reading reader: inout CBORReader) throws(FormatError) {
        var index: Int?
        var uri: String?
        try reader.readMap { (key, reader) throws(FormatError) in
            guard key == .text("status_list") else { return try reader.skip() }
            try reader.readMap { (key, reader) throws(FormatError) in
                switch key {
                case .text("idx"): index = try reader.readInteger()
                case .text("uri"): uri = try reader.readShownText()
                default: try reader.skip()
                }
            }
        }
        guard let index, index >= 0, let uri else {
            throw FormatError(.malformedClaims, zh: "状态声明没有指明状态列表", en: "the status claim names no status list")
        }
        self.init(index: index, uri: uri)
    }
}

private struct CertificateFields {
    var number: String?
    var version: Int?
    var institutionName: String?
    var holderName: String?
    var occupationCode: String?
    var occupationName: String?
    var specialisation: String?
    var level: Int?
    var awardDate: Int?

    init(reading reader: inout CBORReader) throws(FormatError) {
        self.init()
        try reader.readMap { (key, reader) throws(FormatError) in
            switch key {
            case .integer(1): self.number = try reader.readShownText()
            case .integer(2): self.version = try reader.readInteger()
            case .integer(3): self.institutionName = try reader.readShownText()
            case .integer(4): self.holderName = try reader.readShownText()
            case .integer(5): self.occupationCode = try reader.readShownText()
            case .integer(6): self.occupationName = try reader.readShownText()
            case .integer(7): self.specialisation = try reader.readShownText()
            case .integer(8): self.level = try reader.readInteger()
            case .integer(9): self.awardDate = try reader.readInteger()
            default: try reader.skip()
            }
        }
    }

    private init() {}

    func certificate(id: CertificateID, institution: String) -> Certificate? {
        guard let number, let version, version >= 1, let institutionName, let holderName, let occupationCode,
            let occupationName, let level = level.flatMap(SkillLevel.init(rawValue:)), let awardDate,
            CertificateClaims.awardDays.contains(awardDate)
        else { return nil }
        return Certificate(
            id: id, number: CertificateNumber(number), version: version, institution: InstitutionID(institution),
            institutionName: institutionName, holderName: holderName,
            occupation: Occupation(code: occupationCode, name: occupationName), specialisation: specialisation,
            level: level, awardDate: CalendarDate(daysSinceEpoch: awardDate))
    }
}

extension CBORReader {
    /// Text that will be shown to a person: never empty, never able to disturb what is around it.
    mutating func readShownText() throws(FormatError) -> String {
        let text = try readSafeText()
        guard !text.isEmpty else { throw FormatError(.malformedText, zh: "有一个文本是空的", en: "a text is empty") }
        return text
    }

    /// Any text of a seal, shown or passed over: free of what would change how others look.
}
