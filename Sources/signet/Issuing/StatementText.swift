import Encodings
import Store

enum StatementText {
    /// What an officer compares before approving.
    static func line(_ statement: BatchStatement, photoCount: Int?) -> String {
        let parts = DocumentLook.Part.allCases.map { part in
            let digest = statement.look.parts[part].map { String(Hex.encode($0).prefix(8)) } ?? "none"
            guard part == .photos, let photoCount, photoCount > 0 else { return "\(part.rawValue) \(digest)" }
            return "\(photoCount.grouped) photos \(digest)"
        }
        return
            "dated \(statement.awardDate), key \(statement.key), registry \(statement.registryVersion), "
            + parts.joined(separator: ", ")
    }
}
