/// How many of each verdict.
package struct VerdictCounts: Equatable, Sendable {
    package private(set) var valid = 0
    package private(set) var notValid = 0
    package private(set) var couldNotCheck = 0

    package init() {}

    package var total: Int { valid + notValid + couldNotCheck }

    package mutating func count(_ outcome: Outcome) {
        switch outcome {
        case .valid: valid += 1
        case .notValid: notValid += 1
        case .couldNotCheck: couldNotCheck += 1
        }
    }

    package mutating func add(_ other: VerdictCounts) {
        valid += other.valid
        notValid += other.notValid
        couldNotCheck += other.couldNotCheck
    }
}
