package protocol JobReading {
    func job(_ id: JobID) throws -> Job?
    func job(key: String) throws -> Job?
    /// About a subject, the newest first.
    func jobs(of subject: String) throws -> [Job]
    /// The newest first.
    func jobs(limit: Int) throws -> [Job]
    /// As it was written; nil beyond the last, and once the result is gone.
    func resultPiece(_ position: Int, of job: JobID) throws -> [UInt8]?
}

/// What whoever carries a job out writes is a ``StoreError/Code/conflict`` once the lease has ended, another has taken the
/// job, or somebody has paused or cancelled it; nothing is written then.
package protocol JobWriting: JobReading {
    /// With a key that is there already this is the job that is there, unchanged.
    func enqueue(_ job: NewJob) throws -> Job
    /// The oldest of these kinds that waits, or whose owner's lease has ended.
    func takeJob(of kinds: Set<String>, by owner: String, seconds: Int, at time: Int) throws -> TakenJob?
    func record(done: Int, of total: Int, for job: TakenJob) throws
    /// The next piece of the result; those of an earlier try are gone when the job is taken.
    func append(piece: [UInt8], at position: Int, of job: TakenJob) throws
    func finish(_ job: TakenJob, result: JobResult?, at time: Int) throws
    /// - Parameter problem: a line in each language.
    func fail(_ job: TakenJob, problem: String, at time: Int) throws
    /// Back to those that wait, with its lease, as its owner stops.
    func putBack(_ job: TakenJob, at time: Int) throws
    /// One that neither waits nor runs is a ``StoreError/Code/conflict``.
    func pauseJob(_ id: JobID, at time: Int) throws
    /// One that has ended is a ``StoreError/Code/conflict``.
    func cancelJob(_ id: JobID, at time: Int) throws
    /// To those that wait again, from the beginning: a paused one, and one that has ended. Its result is gone then. One that
    /// waits or runs is a ``StoreError/Code/conflict``.
    func requeueJob(_ id: JobID, by account: AccountID?, at time: Int) throws
    /// Forgets results of jobs that ended by then; the jobs stay.
    func removeResults(endedBy time: Int) throws
}
