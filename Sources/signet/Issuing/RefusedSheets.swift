import ArgumentParser
import Encodings
import Errors
import Results

/// Sheets that could not be read, while the others of the same command go on.
struct RefusedSheets {
    private let count: Int
    private let isJSON: Bool
    private var first: (any Explained)?

    /// - Parameter count: of the command's sheets; of one alone the error is the command's.
    init(of count: Int, isJSON: Bool) { (self.count, self.isJSON) = (count, isJSON) }

    /// Tells why a sheet is left out; throws what is no fault of the sheet.
    mutating func note(_ error: any Error, _ path: String) throws {
        guard count > 1, let failure = error as? any Explained,
            [.usage, .refused, .missing].contains(failure.category)
        else { throw error }
        Terminal.standardError.say(failure.sentence())
        if isJSON { print(try JSONLine.encode(RefusedLine(path, failure))) }
        first = first ?? failure
    }

    /// The exit code of the first that was left out.
    func finish() throws {
        if let first { throw ExitCode(first.category.exitCode) }
    }
}

private struct RefusedLine: Encodable {
    private let event = "refused"
    private let file: String
    private let reason: String

    init(_ path: String, _ failure: any Explained) { (file, reason) = (path, failure.sentence(in: .en)) }
}
