import Foundation
import TestSupport

/// Reads our pictures with a decoder that shares no code with libqrencode (decode_qr.py).
enum QRReader {
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// The texts of PNG files, in order.
    static func read(_ pictures: [[UInt8]]) throws -> [String] {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("signet-qr-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let files = try pictures.enumerated().map { index, picture in
            let file = folder.appendingPathComponent("\(index).png")
            try Data(picture).write(to: file)
            return file.path
        }
        let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("decode_qr.py")
        let ended = try Command(["/bin/sh", "-c", "exec 2>&1; exec \"$@\"", "sh", "python3", script.path] + files).run()
        guard ended.exitCode == 0 else { throw Failure(description: "decode_qr.py: \(ended.text)") }
        return ended.text.split(separator: "\n").map(String.init)
    }
}
