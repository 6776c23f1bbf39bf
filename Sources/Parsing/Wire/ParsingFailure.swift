/// Why nothing is known of a file: not what is wrong with it, but that reading it did not end well. Says nothing of
/// the file's content.
package enum ParsingFailure: Error, Hashable, CustomStringConvertible {
    /// The worker ended: by a trap, or by a limit on memory or processor time.
    case ended(signal: Int32)
    /// It did not answer in time.
    case tooSlow
    /// It answered what no worker answers.
    case brokenAnswer
    /// No worker could be started.
    case unavailable

    package var description: String {
        switch self {
        case .ended(let signal): "the parsing worker ended by signal \(signal)"
        case .tooSlow: "the parsing worker did not answer in time"
        case .brokenAnswer: "the parsing worker gave no sound answer"
        case .unavailable: "no parsing worker could be started"
        }
    }
}
