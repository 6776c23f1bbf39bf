import Files
import Parsing
import Results

/// Files that others made are read by workers, in this command as in the server.
enum ForeignFiles {
    static let pool = ParsingPool()

    /// Header and rows of a small table.
    static func table(_ path: String) throws -> (header: [String], rows: [(row: Int, cells: [String])]) {
        do {
            return try pool.table(InputFile(path: path))
        } catch let failure as InputFile.Failure {
            throw SheetProblem.cannotRead(path, failure)
        } catch is ParsingFailure { throw SheetProblem.unreadable(path) }
    }
}
