/// What kind of thing went wrong, from which a front takes its exit code or HTTP status.
package enum ErrorCategory: String, Sendable, CaseIterable {
    /// The question was put wrongly.
    case usage
    /// What was given, a file above all, does not hold what it must.
    case refused
    /// What was named is not there.
    case missing
    /// Something outside, such as a port or a service, is not to be had.
    case unavailable
    /// The program's own fault.
    case defect
    /// A library or what belongs to it, such as a font, fails.
    case library
    /// What would be made is there already.
    case conflict
    /// A disk is full, fails, or may not be written to.
    case disk
    /// Later it may work.
    case busy
    /// What is kept is damaged, or is not what was recorded.
    case damaged
    /// A passphrase is wrong or missing.
    case denied
    /// The installation is not set up for it.
    case configuration
}
