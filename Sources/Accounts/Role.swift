import Errors
import Store

/// What somebody is for the portal. The raw values are kept.
package enum Role: String, Sendable, CaseIterable {
    case registrar, leader, officer, administrator, supervisor, inspector

    package var words: BilingualText {
        switch self {
        case .registrar: BilingualText(zh: "考务员", en: "Registrar")
        case .leader: BilingualText(zh: "校领导", en: "School leader")
        case .officer: BilingualText(zh: "审批员", en: "Officer")
        case .administrator: BilingualText(zh: "系统管理员", en: "Administrator")
        case .supervisor: BilingualText(zh: "督导管理员", en: "Supervisor")
        case .inspector: BilingualText(zh: "督导员", en: "Inspector")
        }
    }

    /// Whether somebody who has it belongs to one institution, so that it is never given for all.
    package var needsInstitution: Bool { self == .registrar || self == .leader }

    /// Whose sessions are shorter.
    package var isPowerful: Bool { self == .officer || self == .administrator }

    /// Two that no account has at once: who makes must not approve, and who gives roles does neither.
    package static let exclusions: [(Role, Role)] = [
        (.administrator, .officer), (.administrator, .registrar), (.administrator, .supervisor),
        (.officer, .registrar), (.supervisor, .officer),
    ]

    /// - Throws: ``AccountError`` naming what stands against these roles in one hand.
    package static func check(_ roles: [AccountRole]) throws {
        let held = try Set(
            roles.map { entry -> Role in
                guard let role = Role(rawValue: entry.role) else {
                    throw AccountError(
                        .unknownRole, zh: "没有“\(entry.role)”这个角色", en: "there is no role \"\(entry.role)\"")
                }
                guard entry.institution != nil || !role.needsInstitution else {
                    throw AccountError(
                        .institutionMissing, zh: "\(role.words.zh)必须属于一所院校，请给出院校编号",
                        en: "a \(role.rawValue) belongs to an institution; give its id")
                }
                guard entry.until.map({ entry.from <= $0 }) ?? true else {
                    throw AccountError(
                        .daysReversed, zh: "角色的截止日早于起始日", en: "a role ends before it begins; give a later last day")
                }
                return role
            })
        guard !held.isEmpty else {
            throw AccountError(.roleMissing, zh: "请至少选一个角色", en: "choose a role at least")
        }
        for (one, other) in exclusions where held.isSuperset(of: [one, other]) {
            throw AccountError(
                .rolesExclude, zh: "同一账号不能既是\(one.words.zh)又是\(other.words.zh)；请为另一人另建账号",
                en:
                    "one account cannot be both \(one.rawValue) and \(other.rawValue); give one of them to another person"
            )
        }
    }
}
