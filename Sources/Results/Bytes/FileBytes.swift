import Files
import Glibc
import Spreadsheets

/// The file that a sheet is read from. What goes wrong is said in words.
struct FileBytes: Sendable {
    let file: InputFile
    /// As the file is called, for the words.
    let name: String

    var size: Int { file.size }

    init(_ file: InputFile, name: String) { (self.file, self.name) = (file, name) }

    init(path: String) throws(SheetProblem) {
        do throws(InputFile.Failure) {
            self.init(try InputFile(path: path), name: path)
        } catch { throw .cannotRead(path, error) }
    }

    /// At most `count` bytes from `offset` on; empty at the end of the file.
    func read(at offset: Int, count: Int) throws(SheetProblem) -> [UInt8] {
        do throws(InputFile.Failure) {
            return try file.read(at: offset, count: count)
        } catch { throw .cannotRead(name, error) }
    }
}

extension SheetProblem {
    package static func cannotRead(_ path: String, _ failure: InputFile.Failure) -> SheetProblem {
        guard let number = failure.number else {
            return SheetProblem(
                .cannotOpen, zh: "“\(path)”不是普通文件，请指定一个 CSV 文件。",
                en: "\"\(path)\" is not a regular file; name a CSV file.")
        }
        let reason = String(cString: strerror(number))
        return SheetProblem(
            .cannotOpen, zh: "无法读取文件“\(path)”（\(reason)），请检查路径和权限。",
            en: "The file \"\(path)\" cannot be read (\(reason)); check its path and permissions.")
    }
}
