import Errors
import FoundationEssentials
import PDFSignature
import Photos
import Results
import Spreadsheets

/// Why a reader refuses a file, across the wire: the readers' own problems, each by its code.
enum RefusalCode {
    private enum Reader: UInt8 {
        case sheet = 1
        case workbook, picture, document, other
    }

    static func bytes(of error: any Error) -> [UInt8] {
        var writer = WireWriter()
        let reader: Reader
        switch error {
        case let problem as SheetProblem:
            reader = .sheet
            // A sheet's problem is plain text and numbers.
            writer.append((try? JSONEncoder().encode(problem)).map { Array($0) } ?? [])
        case let problem as WorkbookProblem:
            reader = .workbook
            writer.append(problem.code.rawValue)
            writer.append(problem.part ?? "")
        case let problem as PhotoReader.Problem:
            reader = .picture
            writer.append(problem.code.rawValue)
        case let problem as PDFProblem:
            reader = .document
            writer.append(problem.code.rawValue)
            writer.append(problem.words.zh)
            writer.append(problem.words.en)
        default: reader = .other
        }
        return [reader.rawValue] + writer.bytes
    }

    /// The reader's problem, or ``ParsingFailure/brokenAnswer`` for what is none.
    static func error(_ bytes: [UInt8]) -> any Error {
        var reader = WireReader(Array(bytes.dropFirst()))
        let problem = try? problem(bytes.first.flatMap(Reader.init), &reader)
        return problem ?? ParsingFailure.brokenAnswer
    }

    private static func problem(_ kind: Reader?, _ reader: inout WireReader) throws -> (any Error)? {
        switch kind {
        case .sheet: return try JSONDecoder().decode(SheetProblem.self, from: Data(reader.content()))
        case .workbook:
            guard let code = WorkbookProblem.Code(rawValue: try reader.text()) else { return nil }
            let part = try reader.text()
            return WorkbookProblem(code, part: part.isEmpty ? nil : part)
        case .picture: return PhotoReader.Problem.Code(rawValue: try reader.text()).map(PhotoReader.Problem.init)
        case .document:
            guard let code = PDFProblem.Code(rawValue: try reader.text()) else { return nil }
            return PDFProblem(code, zh: try reader.text(), en: try reader.text())
        case .other, nil: return nil
        }
    }
}
