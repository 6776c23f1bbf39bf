/// A change of status: valid ⇄ suspended, and from either to revoked or superseded, which are final.
package enum StatusTransition: String, Sendable, CaseIterable {
    case revoke, suspend, reinstate, supersede

    package var target: CertificateStatus {
        switch self {
        case .revoke: .revoked
        case .suspend: .suspended
        case .reinstate: .valid
        case .supersede: .superseded
        }
    }

    /// What the transition makes of a status.
    package enum Effect: Equatable, Sendable {
        case changes
        /// It is there already: doing it again does nothing.
        case none
        /// Nothing leads from the one status to the other.
        case refused
    }

    package func effect(on status: CertificateStatus) -> Effect {
        if status == target { return .none }
        switch status {
        case .valid, .suspended: return .changes
        case .revoked, .superseded: return .refused
        }
    }
}

/// Why a status changes: a code for programs, chosen from a closed list, so that it can never carry
/// personal data.
package enum StatusReason: String, Sendable, CaseIterable {
    case issuedInError = "issued-in-error"
    case misconduct
    case resultAnnulled = "result-annulled"
    case notAuthorised = "not-authorised"
    case keyCompromise = "key-compromise"
    case holderRequest = "holder-request"
    case underInvestigation = "under-investigation"
    case investigationClosed = "investigation-closed"
    case suspendedInError = "suspended-in-error"
    case corrected
    case reissued
    /// Taken over from a published list after a restore: why it was done was lost with the database.
    /// Nobody can choose it.
    case restored

    package func isFor(_ transition: StatusTransition) -> Bool { Self.reasons(for: transition).contains(self) }

    package static func reasons(for transition: StatusTransition) -> [StatusReason] {
        switch transition {
        case .revoke:
            [.issuedInError, .misconduct, .resultAnnulled, .notAuthorised, .keyCompromise, .holderRequest]
        case .suspend: [.underInvestigation, .keyCompromise, .holderRequest]
        case .reinstate: [.investigationClosed, .suspendedInError, .holderRequest]
        case .supersede: [.corrected, .reissued, .keyCompromise]
        }
    }
}
