import Credential
import Seal

/// One row to be checked: a line of a table, or a file of an archive.
package struct BulkRow: Sendable {
    /// As a spreadsheet program counts, or the file's place in the archive from 1.
    package let number: Int
    /// What stood there, one for each column of the header.
    package let cells: [String]
    let question: Question

    package enum Question: Sendable {
        /// - Parameter stated: what else the row says, which must agree with the seal.
        case seal(String, stated: StatedHolder)
        case number(NumberQuestion, stated: StatedHolder)
        case document([UInt8])
        case picture([UInt8])
        case impossible(RowProblem, stated: StatedHolder)
    }

    /// Number and name as the row has them.
    package var stated: StatedHolder {
        switch question {
        case .seal(_, let stated), .number(_, let stated), .impossible(_, let stated): stated
        case .document, .picture: StatedHolder()
        }
    }

    /// The name of the file; nil for lines of tables.
    package var fileName: String? { isFile ? cells.first : nil }

    let isFile: Bool

    package init(number: Int, cells: [String], question: Question, isFile: Bool = false) {
        self.number = number
        self.cells = cells
        self.question = question
        self.isFile = isFile
    }
}

/// What a row says beside its seal; empty where it says nothing.
package struct StatedHolder: Sendable {
    package var number = ""
    package var name = ""

    package init(number: String = "", name: String = "") { (self.number, self.name) = (number, name) }
}

/// A certificate asked for by its number and something that only who knows the holder knows.
package struct NumberQuestion: Sendable {
    package let number: CertificateNumber
    package let holder: LookupHolder
}

package enum NumberAnswer: Sendable {
    /// Of the newest version.
    case seal(UnverifiedSeal)
    case noMatch
    /// The number has been asked about too often.
    case tooOften
}

/// Finds certificates by number, where a register is at hand.
package typealias NumberSearch = @Sendable (NumberQuestion) async throws -> NumberAnswer

extension BulkSource {
    package var totalsRows: [Int] { [] }
}

/// Rows in order, a handful at a time.
package protocol BulkSource: AnyObject {
    var header: [String] { get }
    /// Rows in all.
    var total: Int { get }
    /// Numbers of the rows that say how many others there are, and ask about none.
    var totalsRows: [Int] { get }
    /// Empty at the end.
    func next() throws -> [BulkRow]
}
