import Errors
import Glibc
import Signing
import Verification

/// The newest lists that were seen under a root, in a file, so that an older copy put in place of a newer one is noticed.
struct SeenLists: Sendable {
    private let file: SeenFile?
    private let root: String

    /// - Parameter path: nil for the file of this user's checks: `$XDG_STATE_HOME/signet/seen.json`, else under
    ///   `~/.local/state`.
    init(root: PublicKey, path: String? = nil) {
        self.root = root.kid.description
        file = (path ?? Self.folder.map { $0 + "/seen.json" }).map(SeenFile.init)
    }

    /// Nil where the environment names no place.
    static var folder: String? {
        func variable(_ name: String) -> String? {
            getenv(name).map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
        }
        return (variable("XDG_STATE_HOME") ?? variable("HOME").map { $0 + "/.local/state" }).map { $0 + "/signet" }
    }

    var publications: SeenPublications {
        guard let file else { return SeenPublications() }
        do { return try file.read()[root] ?? SeenPublications() } catch {
            warn(of: file)
            return SeenPublications()
        }
    }

    /// Without a place to keep them each list's own end still bounds it.
    func remember(_ seen: SeenPublications) {
        guard let file, seen != SeenPublications() else { return }
        var folder = file.path.hasPrefix("/") ? "" : "."
        for part in file.path.split(separator: "/").dropLast() {
            folder += "/" + part
            mkdir(folder, 0o700)
        }
        do {
            try file.merge(seen, under: root) { warn(of: file) }
        } catch {
            Terminal.standardError.say(
                spoken(
                    zh: "无法记住已公布的列表有多新：\(error.explanation.zh)",
                    en: "cannot remember how new the published lists are: \(error.explanation.en)"))
        }
    }

    /// Said aloud: without it an older list is believed.
    private func warn(of file: SeenFile) {
        Terminal.standardError.say(
            spoken(
                zh: "无法读取 \(file.path)：不知道以前见过哪些列表，因此会相信较旧的列表；请取得最新的核验包后重新核验（本次核验会重写该文件）",
                en:
                    "\(file.path) cannot be read: which lists were seen before is not known, so an older one would be believed; "
                    + "fetch the newest bundle and check again (this check writes the file anew)"))
    }
}
