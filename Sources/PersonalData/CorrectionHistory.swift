/// What an officer sees of a correction of holder data.
package struct CorrectionHistory: Codable, Hashable, Sendable {
    package var nameBefore: String
    package var nameAfter: String
    package var documentBefore: String
    package var documentAfter: String

    package init(nameBefore: String, nameAfter: String, documentBefore: String, documentAfter: String) {
        self.nameBefore = nameBefore
        self.nameAfter = nameAfter
        self.documentBefore = documentBefore
        self.documentAfter = documentAfter
    }
}
