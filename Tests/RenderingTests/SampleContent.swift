import Credential
import Rendering

/// Certificates to be drawn, from the shortest to the longest.
enum SampleContent {
    static func content(
        name: String = "王小明", occupation: String = "物流服务师", specialisation: String? = "冷链物流员",
        institution: String = "潍坊职业学院", level: SkillLevel = .seniorWorker, printSerial: Int = 1
    ) -> DocumentContent {
        let certificate = Certificate(
            // Sixteen bytes, counted.
            id: CertificateID(bytes: Array(0xA0...0xAF))!, number: CertificateNumber("Y000037000001263000042"),
            version: 1, institution: InstitutionID("4137012391"), institutionName: institution, holderName: name,
            occupation: Occupation(code: "4-02-06-03", name: occupation), specialisation: specialisation,
            level: level,
            // A day of the calendar.
            awardDate: CalendarDate(iso8601: "2026-06-30")!)
        return DocumentContent(
            certificate: certificate,
            // A sequence of the area's districts as a whole belongs to nobody.
            document: IdentityDocument(kind: .residentIDCard, number: "37070120040215001X"),
            qrText: "https://verify.example.cn/c#" + QRTexts.digits(QRTexts.digitCount(sealBytes: 310)),
            site: "https://verify.example.cn/c", printSerial: printSerial)
    }

    /// A dozen, by what is special about each.
    static let all: [(name: String, language: DocumentLanguage, look: PageTemplate.BuiltIn, content: DocumentContent)] =
        [
            ("typical", .chinese, .landscape, content()),
            ("portrait", .chinese, .portrait, content()),
            ("bilingual", .bilingual, .landscape, content()),
            ("bilingual-portrait", .bilingual, .portrait, content(printSerial: 2)),
            ("english", .english, .landscape, content()),
            ("english-portrait", .english, .portrait, content()),
            ("rare", .chinese, .landscape, content(name: "𠮷䶮㛃𬱖", specialisation: nil)),
            ("minority", .bilingual, .landscape, content(name: "阿卜杜热合曼·阿卜杜克热木·麦麦提图尔荪江", level: .seniorTechnician)),
            (
                "longest", .bilingual, .landscape,
                content(
                    name: "古丽娜扎尔·阿不都热依木·买买提艾力·吐尔逊古丽·阿卜力米提·如则麦麦提·努尔麦麦提江",
                    occupation: "计算机程序设计员（嵌入式系统程序设计与工业互联网应用开发方向）",
                    specialisation: "无人机测绘操控员、无人机装调检修工与航空航天器无损检测综合方向",
                    institution: "中国（山东）自由贸易试验区潍坊高端装备制造与现代物流职业技术学院有限责任公司",
                    level: .technician)
            ),
            ("replacement", .chinese, .landscape, content(printSerial: 2)),
            ("apprentice", .chinese, .portrait, content(level: .apprentice)),
            ("chief", .bilingual, .portrait, content(level: .chiefTechnician)),
        ]
}
