import Signing
import Synchronization

/// What opens the keys, while it is here.
package final class KeyLock: Sendable {
    private let held = Mutex<Passphrase?>(nil)

    package init() {}

    /// Nil while the keys are locked.
    package var passphrase: Passphrase? { held.withLock { $0 } }

    package func open(_ passphrase: Passphrase) { held.withLock { $0 = passphrase } }
    package func close() { held.withLock { $0 = nil } }
}
