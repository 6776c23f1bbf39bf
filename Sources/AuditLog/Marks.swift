/// What must never be given out again, as checkpoints name it.
package enum Marks {
    package static let trustList = "trust list"
    package static let serial = "serial "
    package static let statusList = "status list "
    /// With the instant that the list's last publication took.
    package static let publishedList = "published status list "

    /// The number of the list that a mark is about.
    package static func list(_ mark: String, _ prefix: String) -> Int? {
        mark.hasPrefix(prefix) ? Int(mark.dropFirst(prefix.count)) : nil
    }
}
