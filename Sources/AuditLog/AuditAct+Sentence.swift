extension AuditAct {
    /// The subject as people read it. Nothing reads it back.
    package var sentence: String {
        switch kind {
        case .initialised: words("audit key", .key)
        case .registryImported: words("registry version", .registry)
        case .keyCreated:
            words("key", .key) + words(" of institution", .institution) + words(" for", .purpose)
        case .keyScheduled, .keyRetired, .keyCompromised: words("key", .key)
        case .trustPublished: words("trust list", .trustList)
        case .rowSettled: words("rule", .rule)
        case .batchApproved, .batchReapproved, .batchCompleted: words("batch", .batch)
        case .batchPrepared:
            words("batch", .batch) + words(" part", .part) + words(" certificates", .certificates)
        case .statusChanged: "\(value(.transition)) \(value(.certificates)) certificates, \(value(.cause))"
        case .statusesKept where subject.fields[.place] == nil: "\(value(.places)) places of lost certificates"
        case .statusesKept:
            "\(value(.transition)) place \(value(.place)) of status list \(value(.list)), \(value(.cause))"
        case .statusListBegun: "status list \(value(.list)) with \(value(.places)) places"
        case .statusListPublished: "status list \(value(.list)) with \(value(.entries)) entries"
        case .corrected, .reissueApproved:
            "campaign \(value(.campaign)), \(value(.certificates)) certificates, \(value(.cause)), record \(value(.record))"
        case .reissuePrepared: words("campaign", .campaign) + words(" certificates", .certificates)
        case .reissuePaused, .reissueResumed, .reissueCompleted: words("campaign", .campaign)
        case .backedUp: "database"
        case .restoreAccepted where subject.fields[.firstLost] == nil: "checkpoint \(value(.checkpoint)), nothing lost"
        case .restoreAccepted: "acts \(value(.firstLost)) to \(value(.lastLost)) lost"
        case .documentsPrinted:
            "batch \(value(.batch)), \(value(.documents)) documents" + words(", print", .print)
        case .documentsDownloaded: "\(value(.documents)) documents in the hour from \(value(.hour))"
        case .apiKeyCreated, .apiKeyEnded: words("API key", .apiKey)
        case .accountCreated, .accountChanged, .accountEnded:
            words("account", .account) + words(", change:", .change) + words(", roles:", .roles)
        case .holdersInvited: words("batch", .batch) + words("certificate", .certificate)
        case .holderClaimed, .shareCreated, .shareCancelled: words("certificate", .certificate)
        }
    }

    /// A field after its name; nothing when the act has no such field.
    private func words(_ name: String, _ field: AuditSubject.Field) -> String {
        subject.fields[field] == nil ? "" : "\(name) \(value(field))"
    }

    private func value(_ field: AuditSubject.Field) -> String {
        switch subject.fields[field] {
        case .number(let number): String(number)
        case .text(let text): text
        case nil: "?"
        }
    }
}
