import Rendering
import Testing

@Suite struct QRPictureTests {
    @Test("an independent decoder reads back every text")
    func roundTrip() throws {
        var texts = [QRTexts.digitCount(sealBytes: 272), 1, 2, 3, 4].map { QRTexts.address + QRTexts.digits($0) }
        for seed in 1...40 {
            let count = 1 + seed * 7919 % 860
            texts.append("https://v\(seed).example/c#" + QRTexts.digits(count, seed: UInt64(seed)))
        }
        let pictures = try texts.enumerated().map { try QRSymbol(text: $1).png(scale: 3 + $0 % 6) }
        #expect(try QRReader.read(pictures) == texts)
    }

    @Test("the decoder's refusal is an error, not a missing line")
    func unreadablePicture() throws {
        var symbol = try QRSymbol(text: QRTexts.address + "1").png()
        symbol.removeLast(symbol.count / 2)
        #expect(throws: QRReader.Failure.self) { try QRReader.read([symbol]) }
    }

    @Test("a PNG has one bit a pixel and the quiet zone")
    func pngHeader() throws {
        let symbol = try QRSymbol(text: QRTexts.address + QRTexts.digits(100))
        let png = try symbol.png(scale: 5)
        #expect(png.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]))
        let width = png[16..<20].reduce(0) { $0 << 8 | Int($1) }
        #expect(width == (symbol.side + 8) * 5)
        #expect(png[24] == 1)
    }

    @Test("a scale outside 1…64 is refused", arguments: [0, -1, 65])
    func scale(_ scale: Int) throws {
        let symbol = try QRSymbol(text: QRTexts.address + "1")
        #expect(throws: QRProblem.unusableScale(scale)) { try symbol.png(scale: scale) }
    }

    @Test("the runs of an SVG are the dark modules, four modules in")
    func svgRuns() throws {
        let symbol = try QRSymbol(text: QRTexts.address + QRTexts.digits(300))
        let svg = symbol.svg()
        var drawn: Set<[Int]> = []
        for run in svg.matches(of: /M(\d+) (\d+)h(\d+)v1h-\3z/) {
            let (column, row, length) = (try #require(Int(run.1)), try #require(Int(run.2)), try #require(Int(run.3)))
            for offset in 0..<length { drawn.insert([row - 4, column - 4 + offset]) }
        }
        let dark = symbol.modules.indices.filter { symbol.modules[$0] }.map { [$0 / symbol.side, $0 % symbol.side] }
        #expect(drawn == Set(dark))
        #expect(svg.contains("viewBox=\"0 0 \(symbol.side + 8) \(symbol.side + 8)\" shape-rendering=\"crispEdges\""))
    }

    @Test("a printed module is 0.35 mm or more, and the symbol 25 mm or more", arguments: [10, 300, 500, 660, 850])
    func printedWidth(digits: Int) throws {
        let symbol = try QRSymbol(text: QRTexts.address + QRTexts.digits(digits))
        #expect(symbol.printedWidthMillimetres * 100 >= (symbol.side + 8) * 35)
        #expect((25...30).contains(symbol.printedWidthMillimetres))
        #expect(symbol.svg().contains("width=\"\(symbol.printedWidthMillimetres)mm\""))
        #expect(symbol.svg(widthMillimetres: 40).contains("width=\"40mm\" height=\"40mm\""))
    }

    @Test("a terminal shows light modules as blocks, with a light border")
    func terminal() throws {
        let symbol = try QRSymbol(text: QRTexts.address + QRTexts.digits(200))
        let lines = symbol.terminalText().split(separator: "\n").map(Array.init)
        #expect(lines.count == (symbol.side + 5) / 2)
        for row in -2..<(symbol.side + 3) {
            for column in -2..<(symbol.side + 2) {
                let lit: Set<Character> = row.isMultiple(of: 2) ? ["█", "▀"] : ["█", "▄"]
                let character = lines[(row + 2) / 2][column + 2]
                #expect(lit.contains(character) != symbol.isDark(row: row, column: column))
            }
        }
        let escaped = symbol.terminalText(colours: .escapes)
        #expect(escaped.hasPrefix("\u{1B}[38;5;231;48;5;16m█") && escaped.hasSuffix("█\u{1B}[0m\n"))
    }
}
