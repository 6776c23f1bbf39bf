package protocol NoticeReading {
    /// Those that wait and whose time has come, the oldest first.
    func dueNotices(at time: Int, limit: Int) throws -> [Notice]
    /// The newest first.
    func notices(limit: Int) throws -> [Notice]
}

package protocol NoticeWriting: NoticeReading {
    /// Nothing happens to one whose key is there for its channel.
    func post(_ notice: Notice) throws
    /// What became of a try. One that is not there is ``StoreError/Code/notFound``.
    func update(_ notice: Notice) throws
    /// Forgets what was sent or given up and made by then.
    func removeNotices(madeBy time: Int) throws
}
