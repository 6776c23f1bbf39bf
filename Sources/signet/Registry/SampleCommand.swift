import ArgumentParser
import Credential
import Files
import Results
import SampleData
import Spreadsheets

struct SampleCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sample",
        abstract: "Write a synthetic region: registry, result sheets of 13 institutions, and a messy one.",
        discussion: """
            The people are made up; the same seed gives the same files.

            Examples:
              signet sample --out sample
              signet sample --out big --institution 4137012391 --candidates 200000
            """)

    @Option(help: ArgumentHelp("Folder to write into; it must not exist yet.", valueName: "folder"))
    var out: String

    @Option(help: "Any number; another seed gives other people.")
    var seed: UInt64 = 2026

    @Option(help: "Candidates in all sheets together.")
    var candidates = 15_000

    @Option(help: "Only this institution's sheet, with all the candidates.")
    var institution: String?

    func run() async throws {
        let region = try SampleRegion(seed: seed, candidates: candidates)
        var files = region.files()
        if let institution {
            let sheet = try region.singleSheet(institution: InstitutionID(institution), rows: candidates)
            files = files.filter { !$0.path.hasPrefix("results/") } + [sheet]
        }
        try await Folder.createWhole(out) { folder in
            try Folder.create(folder + "/results")
            for file in files { try Self.write(file, in: folder) }
            if institution == nil { try Self.write(region.messySheet(), to: folder + "/messy.xlsx") }
        }
        print(
            """
            Wrote \(files.count + (institution == nil ? 1 : 0)) files to \(out): \(region.institutions.count) institutions, \
            \(region.filings.count) filings, \(region.majors.count) majors, \(candidates.grouped) candidates.
            """)
    }

    private static func write(_ sheet: MessySheet, to path: String) throws {
        let file = WorkbookFile(path)
        let workbook = try file.open()
        try workbook.beginSheet("成绩", widths: Array(repeating: 14, count: 19))
        for row in sheet.rows {
            workbook.append(
                row.map { cell in
                    switch cell {
                    case .text(let text): .text(text)
                    case .number(let number): .number(number)
                    }
                })
        }
        try file.commit(workbook)
    }

    private static func write(_ file: SampleFile, in folder: String) throws {
        let output = try OutputFile("\(folder)/\(file.path)")
        switch file.encoding {
        case .utf8:
            try file.write { try output.write($0) }
        case .utf8WithBOM:
            try output.write([0xEF, 0xBB, 0xBF])
            try file.write { try output.write($0) }
        case .gb18030:
            let encoder = try GB18030Encoder()
            try file.write { try output.write(encoder.encode($0)) }
        }
        try output.commit()
    }
}
