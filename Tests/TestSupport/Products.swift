import Foundation

/// What was built beside the tests.
public enum Products {
    public static let folder: String = {
        let own = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        return URL(filePath: own).deletingLastPathComponent().path
    }()

    public static let signet = folder + "/signet"
}
