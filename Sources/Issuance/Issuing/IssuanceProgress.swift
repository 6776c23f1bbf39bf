/// What has become durable, for a progress bar.
package struct IssuanceProgress: Sendable {
    package enum Stage: Sendable { case reading, signing }

    package let stage: Stage
    package let done: Int
    /// Nil while the number of rows is not known yet.
    package let total: Int?

    package init(stage: Stage, done: Int, total: Int?) {
        self.stage = stage
        self.done = done
        self.total = total
    }
}

/// A step of docs/issuance-cycle.md that has just been taken.
///
/// Tests stop an issue at any of them, as a crash would.
package enum IssuanceStep: String, Sendable, CaseIterable {
    case approved, prepared, signed, kept, completed
}
