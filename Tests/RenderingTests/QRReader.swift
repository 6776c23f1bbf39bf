import Foundation

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
        return try run(["python3", script.path] + files).split(separator: "\n").map(String.init)
    }

    private static func run(_ command: [String]) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = command
        let output = Pipe()
        let errors = Pipe()
        process.standardOutput = output
        process.standardError = errors
        try process.run()
        // The script says little on standard error, so it cannot fill that pipe meanwhile.
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        let complaint = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Failure(description: "decode_qr.py: \(complaint)") }
        return text
    }
}
