import Parsing

/// Files that others made are read by workers, in this command as in the server.
enum ForeignFiles {
    static let pool = ParsingPool()
}
