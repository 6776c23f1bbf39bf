import FoundationEssentials
import Glibc
import Signing
import Verification

/// The newest lists that were seen under a root, in a file, so that an older copy put in place of a newer one is noticed.
struct SeenLists: Sendable {
    private let path: String?
    private let root: String

    /// - Parameter path: nil for the file of this user's checks: `$XDG_STATE_HOME/signet/seen.json`, else under
    ///   `~/.local/state`.
    init(root: PublicKey, path: String? = nil) {
        self.root = root.kid.description
        self.path = path ?? Self.folder.map { $0 + "/seen.json" }
    }

    /// Nil where the environment names no place.
    static var folder: String? {
        func variable(_ name: String) -> String? {
            getenv(name).map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
        }
        return (variable("XDG_STATE_HOME") ?? variable("HOME").map { $0 + "/.local/state" }).map { $0 + "/signet" }
    }

    var publications: SeenPublications { all[root] ?? SeenPublications() }

    /// By root. A file that cannot be read is said aloud: without it an older list is believed.
    private var all: [String: SeenPublications] {
        guard let path, access(path, F_OK) == 0 else { return [:] }
        do {
            return try JSONDecoder().decode([String: SeenPublications].self, from: Data(DurableFile.read(path)))
        } catch {
            Terminal.standardError.write("signet: \(path) cannot be read: which lists were seen before is not known\n")
            return [:]
        }
    }

    /// Marks only ever go up. Without a place to keep them each list's own end still bounds it.
    func remember(_ seen: SeenPublications) {
        guard let path else { return }
        var all = all
        let before = all[root] ?? SeenPublications()
        let merged = before.merging(seen)
        guard merged != before else { return }
        all[root] = merged
        var folder = path.hasPrefix("/") ? "" : "."
        for part in path.split(separator: "/").dropLast() {
            folder += "/" + part
            mkdir(folder, 0o700)
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do {
            try DurableFile.replace(Array(encoder.encode(all)), at: path, mode: 0o600)
        } catch {
            Terminal.standardError.write("signet: cannot remember how new the published lists are: \(error)\n")
        }
    }
}
