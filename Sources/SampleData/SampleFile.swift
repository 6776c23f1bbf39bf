/// A file of the sample region, written in pieces so that its size never matters.
package struct SampleFile: Sendable {
    /// What the file is to be stored as. The pieces are UTF-8 without a mark in every case:
    /// marking and converting are the caller's.
    package enum Encoding: Sendable {
        case utf8, utf8WithBOM, gb18030
    }

    /// Relative, such as `results/4137012391.csv`.
    package let path: String
    package let encoding: Encoding
    private let content: Content

    private enum Content: Sendable {
        case table(String)
        case results(SampleSheet)
    }

    init(path: String, encoding: Encoding, table lines: [String]) {
        self.path = path
        self.encoding = encoding
        content = .table(lines.map { $0 + "\n" }.joined())
    }

    init(path: String, encoding: Encoding, results: SampleSheet) {
        self.path = path
        self.encoding = encoding
        content = .results(results)
    }

    /// Hands over the text piece by piece. Each piece ends at the end of a line.
    package func write<Failure: Error>(to sink: ([UInt8]) throws(Failure) -> Void) throws(Failure) {
        switch content {
        case .table(let text): try sink(Array(text.utf8))
        case .results(let sheet): try sheet.write(to: sink)
        }
    }
}
