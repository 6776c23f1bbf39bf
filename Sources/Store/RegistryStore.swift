import Credential

package protocol RegistryReading {
    /// By id.
    func institutions() throws -> [Institution]
    func institution(_ id: InstitutionID) throws -> Institution?
    func filings(of institution: InstitutionID) throws -> [Filing]
    /// Oldest first.
    func registryVersions() throws -> [RegistryVersion]
    /// A table as a version has it, by key; the newest version when `version` is nil.
    func registryEntries(_ kind: String, version: Int?) throws -> [RegistryEntry]
}

package protocol RegistryWriting: RegistryReading {
    func save(_ institution: Institution) throws
    func save(_ filing: Filing) throws
    /// Entries become the newest version; nothing is ever taken out of an older one.
    func save(_ entries: [RegistryEntry], approval: Approval) throws -> RegistryVersion
}
