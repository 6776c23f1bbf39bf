import AuditLog

package protocol RestoreWriting {
    /// Goes on after acts that this database never had: the entry follows the last of them, and binds the
    /// last one that is here by its digest.
    func append(_ act: AuditAct, resumingAfter checkpoint: AuditCheckpoint) throws
}
