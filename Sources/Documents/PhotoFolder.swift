import Credential
import Errors
import Foundation

/// The photos of one institution, as schools keep them: files in `photos/INSTITUTION/`, named by certificate number,
/// student number or identity number. Student numbers are an institution's own, so none names a photo in another's folder.
struct PhotoFolder: Sendable {
    private static let extensions: Set<String> = ["jpg", "jpeg", "png"]
    private let path: String
    /// The files of each name in lower case, without its extension.
    private let files: [String: [String]]

    /// - Parameter path: of the folder that has one folder for each institution.
    init(_ path: String, of institution: InstitutionID) throws {
        let known = try Self.check(path)
        self.path = "\(path)/\(institution)"
        files = Dictionary(
            grouping: known.contains(institution.text) ? try Self.names(in: self.path).filter(Self.isPhoto) : [],
            by: { $0.prefix(upTo: $0.lastIndex(of: ".") ?? $0.endIndex).lowercased() })
    }

    /// - Returns: what the folder has.
    @discardableResult static func check(_ path: String) throws -> [String] {
        let known = try names(in: path)
        guard !known.contains(where: isPhoto) else {
            throw PrintingError(
                .fileAccess, zh: "照片直接放在 \(path) 中，分不清属于谁；请把各机构的照片放入以其编号命名的文件夹：\(path)/ID",
                en:
                    "photos lie directly in \(path), where they could be anybody's; put each institution's into a folder "
                    + "of its own, named by its id: \(path)/ID")
        }
        return known
    }

    var isEmpty: Bool { files.isEmpty }

    func files(named name: String) -> [String] { files[name.lowercased()] ?? [] }

    func bytes(_ file: String) -> [UInt8]? {
        FileManager.default.contents(atPath: "\(path)/\(file)").map { [UInt8]($0) }
    }

    private static func isPhoto(_ name: String) -> Bool {
        name.lastIndex(of: ".").map { extensions.contains(name[$0...].dropFirst().lowercased()) } ?? false
    }

    private static func names(in path: String) throws -> [String] {
        do { return try FileManager.default.contentsOfDirectory(atPath: path) } catch {
            throw PrintingError(.fileAccess, zh: "无法读取照片文件夹 \(path)", en: "cannot read the folder of photos \(path)")
        }
    }
}
