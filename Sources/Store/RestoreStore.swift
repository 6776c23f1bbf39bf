import AuditLog

package protocol RestoreWriting {
    /// Goes on after acts that this database never had: the entry follows the last of them, and binds the
    /// last one that is here by its digest.
    func append(_ act: AuditAct, resumingAfter checkpoint: AuditCheckpoint) throws
    /// Ends all sessions of staff, and links, proposals about accounts and questions that are open: which of them were
    /// used or ended since is not known here.
    func endStaffAccess() throws
}
