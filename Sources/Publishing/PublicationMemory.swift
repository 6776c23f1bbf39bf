import Verification

/// What a server must not go behind, over restarts: of a store what it published, else what was seen and kept in a file.
package struct PublicationMemory: Sendable {
    package let known: SeenPublications
    package let remember: @Sendable (SeenPublications) -> Void

    /// - Parameters:
    ///   - known: when the server starts.
    ///   - remember: called with what is newer, as it is taken up.
    package init(
        known: SeenPublications = SeenPublications(),
        remember: @escaping @Sendable (SeenPublications) -> Void = { _ in }
    ) {
        (self.known, self.remember) = (known, remember)
    }
}
