import Credential
import Documents
import Foundation
import Testing

@Suite struct PageRendererTests {
    /// To look at the pages: `SIGNET_PAGES=folder swift test --filter PageRendererTests`.
    @Test("every sample is a page of one sheet")
    func samples() throws {
        for sample in SampleContent.all {
            let renderer = try PageRenderer(PageTemplate(sample.look), language: sample.language)
            let pdf = try renderer.render(sample.content)
            #expect(pdf.starts(with: Array("%PDF-1.5".utf8)))
            #expect(pdf.count <= 60 << 10, "\(sample.name): \(pdf.count) bytes")
            if let folder = ProcessInfo.processInfo.environment["SIGNET_PAGES"] {
                try Data(pdf).write(to: URL(fileURLWithPath: "\(folder)/\(sample.name).pdf"))
            }
        }
    }
}
