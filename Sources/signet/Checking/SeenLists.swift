import FoundationEssentials
import Glibc
import Signing

/// The newest status lists that this user's checks have seen, so that an older copy put in place of a
/// newer one is noticed: `$XDG_STATE_HOME/signet/seen.json`, else under `~/.local/state`.
struct SeenLists {
    private let path: String?
    private let root: String
    private let all: [String: [String: Int]]

    init(root: PublicKey) {
        self.root = root.kid.description
        func variable(_ name: String) -> String? {
            getenv(name).map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
        }
        path = (variable("XDG_STATE_HOME") ?? variable("HOME").map { $0 + "/.local/state" }).map {
            $0 + "/signet/seen.json"
        }
        all =
            path.flatMap { try? DurableFile.read($0) }
            .flatMap { try? JSONDecoder().decode([String: [String: Int]].self, from: Data($0)) } ?? [:]
    }

    /// Seconds since 1970, by address, under this root.
    var issuedAt: [String: Int] { all[root] ?? [:] }

    /// Times only ever go up. Without a place to keep them each list's own `exp` still bounds it.
    func remember(_ times: [String: Int]) {
        let merged = issuedAt.merging(times) { max($0, $1) }
        guard let path, merged != issuedAt else { return }
        var all = all
        all[root] = merged
        var folder = ""
        for part in path.split(separator: "/").dropLast() {
            folder += "/" + part
            mkdir(folder, 0o700)
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do {
            try DurableFile.replace(Array(encoder.encode(all)), at: path, mode: 0o600)
        } catch {
            Terminal.standardError.write("signet: cannot remember how new the status lists are: \(error)\n")
        }
    }
}
