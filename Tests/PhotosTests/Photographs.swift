import Foundation
import Rendering
import TestSupport
import Testing

/// What photograph.py makes of a page, once for all tests.
enum Photographs {
    /// As many digits as a certificate's.
    static let text =
        "https://verify.example.cn/c#" + (0..<715).map { String($0 * $0 * 7 / 3 % 10) }.joined()

    private static let otherText = "https://college.example.cn/c#20260710"

    /// The pictures that photograph.py makes, by file name.
    private static let pictures = Result {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("signet-photos-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let clean = folder.appendingPathComponent("clean.png")
        try Data(QRSymbol(text: text).png()).write(to: clean)
        let other = folder.appendingPathComponent("other.png")
        try Data(QRSymbol(text: Self.otherText).png()).write(to: other)
        let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("photograph.py")
        let ended = try Command(["python3", script.path, clean.path, other.path, folder.path]).run()
        try #require(ended.exitCode == 0)
        var pictures: [String: [UInt8]] = [:]
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
            pictures[name] = [UInt8](try Data(contentsOf: folder.appendingPathComponent(name)))
        }
        return pictures
    }

    static func picture(_ name: String) throws -> [UInt8] { try #require(pictures.get()[name], "\(name)") }
}
