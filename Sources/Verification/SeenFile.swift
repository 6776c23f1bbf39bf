import Encodings
import Files
import FoundationEssentials
import Glibc

/// The newest lists that were seen, by the kid of the root that they are under, in a file that processes share.
package struct SeenFile: Sendable {
    package let path: String

    package init(path: String) { self.path = path }

    /// Empty when there is no file yet.
    package func read() throws -> [String: SeenPublications] {
        guard access(path, F_OK) == 0 else { return [:] }
        return try JSONDecoder().decode([String: SeenPublications].self, from: Data(DurableFile.read(path)))
    }

    /// Adds what was seen to what others have seen, also in the same instant: marks only ever go up.
    ///
    /// - Parameter onUnreadable: called for a file that cannot be read, before another takes its place.
    package func merge(_ seen: SeenPublications, under root: String, onUnreadable: () -> Void) throws {
        // Most checks see nothing new, and wait for nobody.
        if let known = try? read()[root], known.merging(seen) == known { return }
        try FileLock.with(path + ".lock") {
            var all: [String: SeenPublications] = [:]
            do { all = try read() } catch { onUnreadable() }
            all[root] = (all[root] ?? SeenPublications()).merging(seen)
            try write(all)
        }
    }

    /// Whole or not at all.
    package func write(_ all: [String: SeenPublications]) throws {
        try DurableFile.replace(StableJSON.encode(all), at: path, mode: 0o600)
    }
}
