import Documents
import Foundation
import Photos
import Testing

@Suite struct PhotoReaderTests {
    /// As many digits as a certificate's.
    private static let text =
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
        let process = try Process.run(
            URL(fileURLWithPath: "/usr/bin/env"),
            arguments: ["python3", script.path, clean.path, other.path, folder.path])
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
        var pictures: [String: [UInt8]] = [:]
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
            pictures[name] = [UInt8](try Data(contentsOf: folder.appendingPathComponent(name)))
        }
        return pictures
    }

    private func picture(_ name: String) throws -> [UInt8] { try #require(Self.pictures.get()[name], "\(name)") }

    private func read(_ file: [UInt8]) throws -> [String] { try PhotoReader.texts(in: file) { $0 == Self.text } }

    @Test(
        "a photographed page is read, whatever the format, the turn and the camera's orientation mark",
        arguments: [
            "clean.png", "photo.jpg", "progressive.jpg", "turned.webp", "large.jpg", "screenshot.png", "palette.png",
            "cmyk.jpg",
        ] + (1...8).flatMap { ["exif-\($0).jpg", "hand-\($0).jpg"] })
    func everyFormat(_ name: String) throws {
        #expect(try read(picture(name)) == [Self.text])
    }

    @Test("a certificate's code is found beside an easier one")
    func beside() throws {
        #expect(try read(picture("beside.jpg")).contains(Self.text))
    }

    @Test("a picture without a code gives none")
    func none() throws {
        #expect(try read(picture("none-blank.png")).isEmpty)
    }

    @Test(
        "what cannot be read says why",
        arguments: [
            ("cut.jpg", PhotoReader.Problem.Code.damaged), ("cut.png", .damaged), ("bomb.png", .tooLarge),
            ("bomb.jpg", .tooLarge), ("phone.heic", .heif),
        ])
    func refused(_ name: String, _ code: PhotoReader.Problem.Code) throws {
        let problem = #expect(throws: PhotoReader.Problem.self) { try read(picture(name)) }
        #expect(problem?.code == code)
    }

    @Test("a PDF and anything else are told apart")
    func otherFiles() {
        for (text, code) in [
            ("%PDF-1.7", PhotoReader.Problem.Code.pdf), ("GIF89a", .unknownFormat), ("", .unknownFormat),
        ] {
            let problem = #expect(throws: PhotoReader.Problem.self) { try read(Array(text.utf8)) }
            #expect(problem?.code == code)
        }
    }
}
