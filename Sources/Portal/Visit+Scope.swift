import Accounts
import Credential
import Store

/// Roles belong to institutions, and so do things.
extension Visit {
    /// What belongs to another institution does not exist for whoever may not see it.
    func require(_ act: StaffAct, at institution: InstitutionID) throws {
        switch signedIn?.decide(act, at: institution, time: time) {
        case .allowed: return
        case .needsFreshSignIn: throw PortalRefusal.needsFreshSignIn
        case .denied, nil: throw PortalRefusal.missing
        }
    }

    func may(_ act: StaffAct, at institution: InstitutionID) -> Bool {
        if case .allowed = signedIn?.decide(act, at: institution, time: time) { true } else { false }
    }

    /// Whose things somebody may see or change; nil for all.
    func institutions(for act: StaffAct) -> [InstitutionID]? {
        let entries = (signedIn?.roles ?? []).filter { entry in
            Role(rawValue: entry.role).flatMap { PermissionTable.grant($0, act) } != nil
        }
        guard !entries.contains(where: { $0.institution == nil }) else { return nil }
        return Array(Set(entries.compactMap(\.institution))).sorted { $0.text < $1.text }
    }
}
