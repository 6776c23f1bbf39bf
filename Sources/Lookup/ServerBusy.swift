/// Too much of one kind of work waits already.
package struct ServerBusy: Error {
    /// After which it is worth asking again.
    package let seconds: Int
    package let work: Work

    package enum Work: Sendable { case passphrases, documents }

    package init(seconds: Int, _ work: Work) { (self.seconds, self.work) = (seconds, work) }
}
