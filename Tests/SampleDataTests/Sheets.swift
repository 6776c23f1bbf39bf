import SampleData

/// Result sheets as a reader of CSV sees them. Sample values hold neither commas nor quotes.
enum Sheets {
    static func lines(of file: SampleFile) -> [[String]] {
        var text: [UInt8] = []
        file.write { text += $0 }
        return String(decoding: text, as: UTF8.self).split(separator: "\n").map { line in
            line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        }
    }

    /// Rows by the words of the header.
    static func rows(of file: SampleFile) -> [[String: String]] {
        let lines = lines(of: file)
        guard let header = lines.first else { return [] }
        return lines.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(header, $0)) }
    }

    static func results(of region: SampleRegion) -> [[String: String]] {
        region.files().filter { $0.path.hasPrefix("results/") }.flatMap(rows)
    }

    /// FNV-1a over paths and content.
    static func digest(of region: SampleRegion) -> UInt64 {
        var digest: UInt64 = 0xCBF2_9CE4_8422_2325
        func add(_ bytes: some Sequence<UInt8>) {
            for byte in bytes { digest = (digest ^ UInt64(byte)) &* 0x100_0000_01B3 }
        }
        for file in region.files() {
            add(file.path.utf8)
            file.write { add($0) }
        }
        return digest
    }
}
