import Acts
import ArgumentParser

struct RegistryCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "registry",
        abstract: "Keep institutions, filings, occupations, majors and who may be examined in what.",
        discussion: """
            Every import makes a new version; older versions stay and can be listed and exported. Issuing asks \
            the registry as of each exam's day.
            """,
        subcommands: [
            RegistryImport.self, RegistryList.self, RegistryExport.self, RegistryHistory.self, RegistryTemplate.self,
        ])
}

extension RegistryKind: ExpressibleByArgument {}
