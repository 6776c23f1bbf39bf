import ArgumentParser
import Credential

/// A moment as it is typed.
struct Instant: ExpressibleByArgument {
    /// Since 1970.
    let seconds: Int

    init?(argument: String) {
        if let seconds = Int(argument), seconds >= 0 {
            self.seconds = seconds
            return
        }
        guard let seconds = UTCTime.seconds(rfc3339: argument) else { return nil }
        self.seconds = seconds
    }
}
