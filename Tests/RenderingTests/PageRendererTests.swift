import Credential
import Foundation
import Rendering
import Testing

@Suite struct PageRendererTests {
    /// To look at the pages: `SIGNET_PAGES=folder swift test --filter PageRendererTests`.
    @Test("every sample is a page of one sheet, and small")
    func samples() throws {
        for sample in SampleContent.all {
            let pdf = try PageRenderer(PageTemplate(sample.look), language: sample.language).render(sample.content)
            #expect(pdf.starts(with: Array("%PDF-1.5".utf8)))
            // Attachment, signature and certificates add 4 KB to make it 68, of which a roman face for English is 8.
            #expect(pdf.count <= (sample.name == "longest" ? 80 : 64) << 10, "\(sample.name): \(pdf.count) bytes")
            if let folder = ProcessInfo.processInfo.environment["SIGNET_PAGES"] {
                try Data(pdf).write(to: URL(fileURLWithPath: "\(folder)/\(sample.name).pdf"))
            }
        }
    }

    @Test("a character that no font has is a problem by its code point, never an empty box")
    func missingGlyph() throws {
        let renderer = try PageRenderer(PageTemplate(.landscape), language: .chinese)
        #expect(throws: DocumentProblem.missingGlyphs([0x323AF])) {
            try renderer.render(SampleContent.content(name: "王\u{323AF}"))
        }
        // The control: a rare character that a fallback font has.
        _ = try renderer.render(SampleContent.content(name: "王\u{2CC56}"))
    }

    @Test("a text that fits at no size is a problem")
    func tooLong() throws {
        let renderer = try PageRenderer(PageTemplate(.landscape), language: .chinese)
        let problem = #expect(throws: DocumentProblem.self) {
            try renderer.render(SampleContent.content(occupation: String(repeating: "长", count: 150)))
        }
        guard case .tooLong(.occupation, _) = problem else {
            Issue.record("\(String(describing: problem))")
            return
        }
    }

    @Test("a photo is kept as a JPEG of its place's size; no picture has other lengths than it says")
    func photo() throws {
        let renderer = try PageRenderer(PageTemplate(.landscape), language: .chinese)
        let (width, height) = try #require(renderer.photoPixels)
        let bytes = (0..<width * height * 3).map { UInt8(truncatingIfNeeded: $0 / 40) }
        let picture = try #require(Picture(width: width, height: height, channels: 3, bytes: bytes))
        let pdf = try renderer.render(SampleContent.content(), photo: picture)
        #expect(pdf.contains("/DCTDecode") && pdf.contains("/Width \(width)") && pdf.contains("/Height \(height)"))
        #expect(try !renderer.render(SampleContent.content()).contains("/DCTDecode"))
        #expect(Picture(width: width, height: height, channels: 4, bytes: bytes) == nil)
        #expect(Picture(width: 0, height: 0, channels: 3, bytes: []) == nil)
    }

    @Test("the preflight knows which characters can be printed")
    func preflight() throws {
        let glyphs = try GlyphPreflight(PageTemplate(.landscape))
        for text in ["王小明", "𠮷䶮㛃𬱖", "阿卜杜热合曼·麦麦提", "Anna-Maria O’Neill", "--", "（嵌入式）"] {
            #expect(glyphs.canPrint(text), "\(text)")
        }
        for text in ["王\u{323AF}", "\u{E000}", "\u{10FFFF}"] { #expect(!glyphs.canPrint(text)) }
    }
}

extension [UInt8] {
    fileprivate func contains(_ text: String) -> Bool { Data(self).range(of: Data(text.utf8)) != nil }
}
