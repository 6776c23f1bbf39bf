import Acts
import ArgumentParser
import Eligibility

/// What a sheet is held against, beside the registry.
struct ComparisonOptions: ParsableArguments {
    @Option(help: "How many candidates the sheet should have; with any other number it is refused.")
    var declared: Int?

    @Option(help: ArgumentHelp("CSV or XLSX of students (姓名, 证件号码) to compare names with.", valueName: "file"))
    var roster: String?

    func students() throws -> Roster? { try roster.map { try RosterFile.read($0, by: ForeignFiles.pool) } }
}
