import Credential
import Foundation

/// Photos as schools keep them: a folder of files named by certificate number, student number or
/// identity number.
package struct PhotoFolder: Sendable {
    private static let extensions = ["jpg", "jpeg", "png"]
    private let path: String
    /// Lower-case names to the names as they are.
    private let names: [String: String]

    package init(_ path: String) throws {
        let files: [String]
        do { files = try FileManager.default.contentsOfDirectory(atPath: path) } catch {
            throw PrintingError(.fileAccess, "cannot read the folder of photos \(path)")
        }
        self.path = path
        names = Dictionary(files.map { ($0.lowercased(), $0) }) { first, _ in first }
    }

    package func photo(of certificate: Certificate, _ record: PrivateRecord) throws -> [UInt8]? {
        for stem in [certificate.number.text, record.studentNumber, record.document.number] where !stem.isEmpty {
            for suffix in Self.extensions {
                guard let name = names["\(stem).\(suffix)".lowercased()] else { continue }
                guard let bytes = FileManager.default.contents(atPath: "\(path)/\(name)") else {
                    throw PrintingError(.fileAccess, "a photo of certificate \(certificate.number) cannot be read")
                }
                return [UInt8](bytes)
            }
        }
        return nil
    }
}
