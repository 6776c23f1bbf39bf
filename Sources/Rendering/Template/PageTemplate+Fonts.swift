extension PageTemplate {
    /// The font files that can end up in its documents.
    package func fontFiles() throws(DocumentProblem) -> Set<String> {
        let book = try FontBook()
        var files: Set<String> = []
        for style in styles.values {
            // The template was checked to define what it names.
            for family in fonts[style.font]! where book.has(family) {
                if let file = book.file(of: family, style.weight) { files.insert(file) }
            }
        }
        return files
    }
}
