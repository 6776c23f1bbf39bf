/// Too much of one kind of work waits already.
package struct ServerBusy: Error {
    /// After which it is worth asking again.
    package let seconds: Int

    package init(seconds: Int) { self.seconds = seconds }
}
