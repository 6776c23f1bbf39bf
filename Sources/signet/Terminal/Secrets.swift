import CSandbox
import Glibc
import Signing
import Synchronization

/// What the environment tells in confidence: taken out of it before anything else is done, so that neither other
/// programs of this user nor those that this one starts can read it there.
enum Secrets {
    static let passphraseName = "SIGNET_PASSPHRASE"
    static let pinName = "SIGNET_HSM_PIN"

    private static let taken = Mutex<[String: Passphrase]>([:])

    static var passphrase: Passphrase? { taken.withLock { $0[passphraseName] } }
    static var pin: Passphrase? { taken.withLock { $0[pinName] } }

    /// Also keeps others from looking into this process, which may hold keys.
    static func takeFromEnvironment() {
        sandbox_forbid_dumps()
        for name in [passphraseName, pinName] {
            guard let text = getenv(name) else { continue }
            let length = strlen(text)
            let secret = Passphrase(UnsafeRawBufferPointer(start: text, count: length))
            taken.withLock { $0[name] = secret }
            // Where the system keeps the environment for others to see.
            memset(text, 0, length)
            unsetenv(name)
        }
    }

    /// For a process that goes on and needs them no more.
    static func forget() { taken.withLock { $0 = [:] } }
}
