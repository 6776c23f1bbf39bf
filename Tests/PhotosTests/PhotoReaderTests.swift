import Photos
import Testing

@Suite struct PhotoReaderTests {
    private static let text = Photographs.text

    private func picture(_ name: String) throws -> [UInt8] { try Photographs.picture(name) }

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
