/// The unified social credit identifier of an organisation (GB 32100-2015), 18 characters.
package struct OrganisationCode: Hashable, Sendable {
    package enum Problem: Error, Hashable, Sendable { case length, character, checksum }

    package let text: String

    /// The standard's alphabet: digits and capitals less I, O, S, V, Z.
    private static let alphabet = Array("0123456789ABCDEFGHJKLMNPQRTUWXY".utf8)

    package init(_ text: String) throws(Problem) {
        let characters = Array(text.utf8)
        guard characters.count == 18 else { throw .length }
        var values: [Int] = []
        for character in characters {
            guard let value = Self.alphabet.firstIndex(of: character) else { throw .character }
            values.append(value)
        }
        var sum = 0
        var weight = 1
        for value in values.prefix(17) {
            sum += value * weight
            weight = weight * 3 % 31
        }
        guard values[17] == (31 - sum % 31) % 31 else { throw .checksum }
        self.text = text
    }
}
