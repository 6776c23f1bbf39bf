/// An institution (评价机构) as the authority registers it.
package struct Institution: Hashable, Sendable {
    /// A filed name and the first day on which it holds. Names change; certificates keep the old one.
    package struct DatedName: Hashable, Sendable {
        package var name: String
        package var from: CalendarDate
        package init(name: String, from: CalendarDate) {
            self.name = name
            self.from = from
        }
    }

    package var id: InstitutionID
    /// Oldest first.
    package var names: [DatedName]
    package var numberScheme: NumberScheme
    package var phone: String
    package var website: String

    package init(
        id: InstitutionID, names: [DatedName], numberScheme: NumberScheme, phone: String, website: String
    ) {
        self.id = id
        self.names = names.sorted { $0.from < $1.from }
        self.numberScheme = numberScheme
        self.phone = phone
        self.website = website
    }

    /// The name filed on a day; nil before the first.
    package func name(on day: CalendarDate) -> String? {
        names.last { $0.from <= day }?.name
    }
}
