import Photos
import Testing

@Suite struct PictureDecoderTests {
    private func decode(_ name: String, for use: PictureUse) throws -> DecodedPicture {
        try PictureDecoder.decode(Photographs.picture(name), for: use)
    }

    /// In the middle of each quarter, in reading order: which of red, green and blue are bright.
    private func quarters(_ picture: DecodedPicture) -> [String] {
        [(1, 1), (3, 1), (1, 3), (3, 3)].map { column, row in
            let x = picture.width * column / 4
            let pixel = (picture.height * row / 4 * picture.width + x) * picture.channels
            return (0..<picture.channels).map { picture.bytes[pixel + $0] > 127 ? "1" : "0" }.joined()
        }
    }

    private static let upright = ["100", "010", "001", "111"]

    @Test(
        "a portrait is upright and in its colours, however it was taken and stored",
        arguments: (1...8).map { "quarters-\($0).jpg" } + [
            "quarters-cmyk.jpg", "quarters-progressive.jpg", "quarters-large.jpg", "quarters.png",
            "quarters-palette.png", "quarters-clear.png", "quarters-trailer.jpg",
        ])
    func portrait(_ name: String) throws {
        let picture = try decode(name, for: .portrait(width: 40, height: 60))
        #expect(picture.width == 40 && picture.height == 60 && picture.channels == 3)
        #expect(quarters(picture) == Self.upright)
        #expect(quarters(try decode(name, for: .screen(width: 30))) == Self.upright)
        #expect(try decode(name, for: .screen(width: 30)).height == 45)
    }

    @Test("what is see-through stays so where all of the picture is wanted, and is paper otherwise")
    func opacity() throws {
        #expect(quarters(try decode("quarters-clear.png", for: .whole)) == ["1001", "0101", "0011", "0000"])
        #expect(try decode("quarters.png", for: .whole).channels == 3)
        #expect(try decode("quarters-6.jpg", for: .whole).width == 80)
    }

    @Test("a portrait is cut to its proportions from the middle, rather above, and never enlarged")
    func cut() throws {
        let wide = try decode("quarters.png", for: .portrait(width: 400, height: 200))
        #expect(wide.width == 80 && wide.height == 40)
        // A third of the 80 lines left over is above: the border of the quarters comes to line 34 of 40, not to 20.
        #expect(quarters(wide) == ["100", "010", "100", "010"])
        let below = wide.bytes.count - wide.width * 3
        #expect(wide.bytes[below] < 128 && wide.bytes[below + 2] > 127)
        let high = try decode("quarters.png", for: .portrait(width: 20, height: 60))
        #expect(high.width == 20 && high.height == 60)
    }

    @Test("a pixel of the reduced picture is the mean of what it covers")
    func mean() throws {
        let one = try decode("quarters.png", for: .portrait(width: 1, height: 1))
        // Cut to a square of 80 lines, 46 or 47 of them above the middle: red, green, blue and white by their areas.
        #expect(one.bytes.count == 3)
        #expect(one.bytes[0] > 100 && one.bytes[0] < 155 && one.bytes[1] == one.bytes[0])
    }

    @Test(
        "what ends too soon, is too large or no picture is refused",
        arguments: [
            ("quarters-cut.jpg", PhotoReader.Problem.Code.damaged), ("quarters-cut.png", .damaged),
            ("cut.png", .damaged), ("bomb.png", .tooLarge), ("bomb.jpg", .tooLarge), ("phone.heic", .heif),
            ("turned.webp", .unknownFormat),
        ])
    func refused(_ name: String, _ code: PhotoReader.Problem.Code) throws {
        for use in [PictureUse.portrait(width: 413, height: 579), .screen(width: 360), .whole] {
            #expect(throws: PhotoReader.Problem(code)) { try decode(name, for: use) }
        }
    }

    @Test("the lengths of what is decoded agree")
    func lengths() {
        let pixels = [UInt8](repeating: 0, count: 12)
        #expect(DecodedPicture(width: 2, height: 2, channels: 3, bytes: pixels) != nil)
        for (width, height, channels) in [(2, 3, 3), (2, 2, 4), (12, 1, 1), (-2, -2, 3), (0, 0, 3), (.max, 4, 3)] {
            #expect(DecodedPicture(width: width, height: height, channels: channels, bytes: pixels) == nil)
        }
    }
}
