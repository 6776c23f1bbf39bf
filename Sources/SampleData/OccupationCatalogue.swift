import Credential

/// An occupation that sample institutions may file, with the majors that lead to it.
///
/// Codes follow the form of the 2022 classification but are illustrative, as are those of majors:
/// only 5-05-01-02, 6-26-01-01, 4-07-03-04 and 4-02-06-03 were checked.
struct CatalogueOccupation: Sendable {
    let occupation: Occupation
    let field: FieldOfWork
    /// Three, of this occupation alone: so every choice of occupations can be given majors.
    let majors: [Major]
    let specialisations: [String]

    struct Major: Sendable {
        let code: String
        let name: String
    }

    /// - Parameter majors: each written `code name`.
    init(_ code: String, _ name: String, _ field: FieldOfWork, majors: [String], specialisations: [String] = []) {
        occupation = Occupation(code: code, name: name)
        self.field = field
        self.majors = majors.map { text in
            let parts = text.split(separator: " ")
            return Major(code: String(parts[0]), name: String(parts[1]))
        }
        self.specialisations = specialisations
    }
}

enum OccupationCatalogue {
    static let all = industry + technology + services + land

    static func occupations(of field: FieldOfWork) -> [CatalogueOccupation] { all.filter { $0.field == field } }
}
