import Credential
import Encodings
import Files
import Glibc
import Signing

/// Names for what is reported of sheets into one folder by separate runs: a sheet that is checked again replaces its own
/// report, and never that of another sheet of its name. Which sheet a name is of, by the digest of its path, is in the
/// folder's `.sheets`.
package struct SheetReports {
    package static let endings = [".findings.csv", ".annotated.xlsx"]

    private let folder: String
    private var index: String { folder + "/.sheets" }

    package init(_ folder: String) { self.folder = folder }

    /// What names of the sheet's reports begin with.
    ///
    /// - Parameter stem: as the sheet's own name suggests.
    package func stem(of path: String, named stem: String) throws -> String {
        let sheet = try Hex.encode(SHA256.digest(Self.absolute(path).utf8))
        var lines = try known()
        if let own = lines.last(where: { $0.hasPrefix(sheet) }) { return "\(folder)/\(own.dropFirst(sheet.count + 1))" }
        let taken = Set(lines.map { $0.dropFirst(sheet.count + 1).lowercased() })
        var candidate = stem
        var number = 2
        while taken.contains(candidate.lowercased()) || isThere(candidate) {
            candidate = "\(stem)-\(number)"
            number += 1
        }
        lines.append("\(sheet) \(candidate)")
        try DurableFile.replace(Array((lines.joined(separator: "\n") + "\n").utf8), at: index, mode: 0o600)
        return "\(folder)/\(candidate)"
    }

    private func known() throws -> [String] {
        guard access(index, F_OK) == 0 else { return [] }
        return try String(decoding: DurableFile.read(index), as: UTF8.self).split(separator: "\n").map(String.init)
    }

    private func isThere(_ stem: String) -> Bool {
        Self.endings.contains { access("\(folder)/\(stem)\($0)", F_OK) == 0 }
    }

    private static func absolute(_ path: String) -> String {
        guard let resolved = realpath(path, nil) else { return path }
        defer { free(resolved) }
        return String(cString: resolved)
    }
}
