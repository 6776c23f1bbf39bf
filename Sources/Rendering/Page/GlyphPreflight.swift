/// Which characters a template's fonts can print, so that a row is asked about before it is signed
/// rather than printed with empty boxes.
package struct GlyphPreflight: Sendable {
    private let covered: ScalarSet

    package init(_ template: PageTemplate) throws(DocumentProblem) {
        let fonts = try FontBook()
        var covered: ScalarSet?
        for families in template.fonts.values {
            guard let first = families.first, fonts.has(first) else {
                throw .fontMissing(families.first ?? "of an empty list")
            }
            var set = ScalarSet()
            for family in families { fonts.addCoverage(of: family, to: &set) }
            covered = covered.map { $0.intersection(set) } ?? set
        }
        self.covered = covered ?? ScalarSet()
    }

    package func canPrint(_ text: String) -> Bool { text.unicodeScalars.allSatisfy(covered.contains) }
}
