import Errors
import FoundationEssentials
import Glibc

package enum Folder {
    package static func create(_ path: String, mode: mode_t = 0o755) throws {
        guard mkdir(path, mode) == 0 || errno == EEXIST else {
            throw FileError(
                errno == ENOSPC ? .diskFull : .fileAccess, FileOperation.makeTheFolder.failure(path, errno))
        }
    }

    /// Makes a folder with its content, or nothing: it gets its name when all is there.
    package static func createWhole(_ path: String, _ fill: (String) async throws -> Void) async throws {
        let temporary = TemporaryFile.name(beside: path)
        try create(temporary, mode: 0o700)
        do {
            try await fill(temporary)
            guard rename(temporary, path) == 0 else {
                throw FileError(
                    .alreadyExists,
                    FileOperation.make.failure(path, errno)
                        + BilingualText(zh: "；没有任何更改", en: "; nothing was changed"))
            }
        } catch {
            try? FileManager.default.removeItem(atPath: temporary)
            throw error
        }
    }
}
