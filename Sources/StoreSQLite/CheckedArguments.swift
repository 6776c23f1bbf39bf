import Errors
import GRDB
import Store

/// GRDB binds a text up to its first NUL, so that two texts which differ behind it would be one to the database. These
/// stand before its own methods of the same names wherever arguments are written as a list, and refuse such a text.
enum CheckedArguments {
    static func of(_ values: [(any DatabaseValueConvertible)?]) throws -> StatementArguments {
        for case let text as String in values where text.utf8.contains(0) { throw textWithNUL }
        return StatementArguments(values)
    }

    static func of(_ values: [String: (any DatabaseValueConvertible)?]) throws -> StatementArguments {
        for case let text as String in values.values where text.utf8.contains(0) { throw textWithNUL }
        return StatementArguments(values)
    }

    static var textWithNUL: StoreError {
        StoreError(
            .failed, zh: "有一个文本含有 NUL，这样的文本不能保存；没有任何更改",
            en: "a text has a NUL in it, which no text to be kept may have; nothing was changed")
    }
}

extension Database {
    func execute(sql: String, arguments: [(any DatabaseValueConvertible)?]) throws {
        try execute(sql: sql, arguments: CheckedArguments.of(arguments))
    }

    func execute(sql: String, arguments: [String: (any DatabaseValueConvertible)?]) throws {
        try execute(sql: sql, arguments: CheckedArguments.of(arguments))
    }
}

extension Row {
    static func fetchOne(
        _ db: Database, sql: String, arguments: [(any DatabaseValueConvertible)?]
    ) throws -> Row? {
        try fetchOne(db, sql: sql, arguments: CheckedArguments.of(arguments))
    }

    static func fetchAll(
        _ db: Database, sql: String, arguments: [(any DatabaseValueConvertible)?]
    ) throws -> [Row] {
        try fetchAll(db, sql: sql, arguments: CheckedArguments.of(arguments))
    }

    static func fetchCursor(
        _ db: Database, sql: String, arguments: [(any DatabaseValueConvertible)?]
    ) throws -> RowCursor {
        try fetchCursor(db, sql: sql, arguments: CheckedArguments.of(arguments))
    }

    static func fetchOne(_ statement: Statement, arguments: [(any DatabaseValueConvertible)?]) throws -> Row? {
        try fetchOne(statement, arguments: CheckedArguments.of(arguments))
    }
}

extension DatabaseValueConvertible where Self: StatementColumnConvertible {
    static func fetchOne(
        _ db: Database, sql: String, arguments: [(any DatabaseValueConvertible)?]
    ) throws -> Self? {
        try fetchOne(db, sql: sql, arguments: CheckedArguments.of(arguments))
    }
}
