import Acts
import ArgumentParser
import Credential
import HomeFolder

/// Which certificates a campaign is about: a query, or numbers.
struct SelectionOptions: ParsableArguments {
    @OptionGroup var query: QueryOptions
    @Option(help: ArgumentHelp("CSV or XLSX with the numbers, in a column 证书编号 or the first.", valueName: "file"))
    var list: String?
    @Option(help: "One certificate's number; may be repeated.") var number: [String] = []

    func validate() throws {
        guard query.isGiven != (list != nil || !number.isEmpty) else {
            throw ValidationError(
                zh: "请说明是哪些证书：按条件，或用 --number 或 --list",
                en: "say which certificates: by attributes, or by --number or --list")
        }
    }

    func selection(_ home: Home) throws -> CertificateSelection {
        if query.isGiven { return try query.selection(home) }
        return .numbers(
            try (number + (list.map { try NumberList.read($0, by: ForeignFiles.pool) } ?? [])).map(
                CertificateNumber.init(argument:)))
    }
}
