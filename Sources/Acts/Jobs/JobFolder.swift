import Files
import FoundationEssentials
import HomeFolder
import Store

/// Where a job keeps what it has so far, readable by this user alone: killed, it goes on from there.
enum JobFolder {
    private static func parent(of home: Home) -> String { home.path + "/jobs" }

    /// Makes it, and removes those of jobs that have ended: one that was killed and then cancelled left its own.
    static func open(for job: JobID, in office: Office) async throws -> String {
        let parent = parent(of: office.home)
        try Folder.create(parent, mode: 0o700)
        for name in try FileManager.default.contentsOfDirectory(atPath: parent) {
            guard let id = Int64(name), id != job.value else { continue }
            let other = try await office.store.read { try $0.job(JobID(id)) }
            if other?.state.isEnded != false { try? FileManager.default.removeItem(atPath: "\(parent)/\(name)") }
        }
        let path = "\(parent)/\(job.value)"
        try Folder.create(path, mode: 0o700)
        return path
    }

    static func remove(_ path: String) { try? FileManager.default.removeItem(atPath: path) }
}
