import Credential

/// The parts of a row that all candidates of one offering share, ready as bytes with their commas.
struct OfferingCells {
    static let female = Array(",女,居民身份证,".utf8)
    static let male = Array(",男,居民身份证,".utf8)

    let womenPerMille: Int
    let institution: [UInt8]
    let studentNumberPrefix: [UInt8]
    let majorAndTicketPrefix: [UInt8]
    let occupation: [UInt8]
    let specialisations: [[UInt8]]
    let level: [UInt8]
    let examDate: [UInt8]

    init(_ offering: InstitutionPlan.Offering, profile: InstitutionProfile) {
        let entry = offering.occupation
        womenPerMille = entry.field.womenPerMille
        institution = Array(",\(profile.id),".utf8)
        studentNumberPrefix = Array(",\(profile.studentNumberPrefix)\(padded(offering.major + 1, 2))".utf8)
        majorAndTicketPrefix = Array(
            ",\(entry.field.department),\(offering.majorName),2606\(profile.id.text.suffix(5))".utf8)
        occupation = Array(",\(entry.occupation.name),\(entry.occupation.code),".utf8)
        // Some candidates of an occupation with specialisations take it as a whole.
        specialisations = entry.specialisations.isEmpty ? [] : [[]] + entry.specialisations.map { Array($0.utf8) }
        level = Array(",\(offering.level.printedName),".utf8)
        examDate = Array("\(profile.dateStyle.text(of: offering.examDate)),".utf8)
    }
}
