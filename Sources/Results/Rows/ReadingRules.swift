/// The parts of reading that a place may decide otherwise.
package struct ReadingRules: Sendable {
    /// Ages on the exam day outside these are remarked upon (19).
    package var plausibleAges = 15...70
    /// In characters, separators included.
    package var nameLengths = 2...50

    package init() {}

    package static let standard = ReadingRules()
}
