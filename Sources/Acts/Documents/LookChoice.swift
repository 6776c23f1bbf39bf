import Rendering

/// How documents are to look, unless their institution has a look of its own.
package struct LookChoice: Sendable {
    package let builtIn: PageTemplate.BuiltIn
    /// A look in a file, which comes before the institution's own.
    package let file: String?
    package let language: DocumentLanguage

    package init(
        _ builtIn: PageTemplate.BuiltIn = .landscape, file: String? = nil, language: DocumentLanguage = .chinese
    ) {
        (self.builtIn, self.file, self.language) = (builtIn, file, language)
    }
}
