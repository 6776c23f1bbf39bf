import Errors

extension ErrorCategory {
    /// After sysexits(3) where it has a fitting code; docs/exit-codes.md lists them.
    var exitCode: Int32 {
        switch self {
        case .usage: 64
        case .refused: 65
        case .missing: 66
        case .unavailable: 69
        case .defect: 70
        case .library: 72
        case .conflict: 73
        case .disk: 74
        case .busy: 75
        case .damaged: 76
        case .denied: 77
        case .configuration: 78
        }
    }
}

extension Explained {
    /// As a person at a terminal meets it: one sentence, and the command that helps.
    var sentence: String {
        let words = description
        guard let commands = remedy?.commands else { return words }
        return "\(words); run: \(commands)"
    }
}

extension Refusal {
    /// About a file, in both languages.
    init(_ category: ErrorCategory, _ file: String, _ words: BilingualText) {
        self.init(category, "\(file): \(words.line)")
    }
}

extension Remedy {
    var commands: String {
        switch self {
        case .publishTrust: "signet trust publish"
        case .createKey(let institution): "signet keys create \(institution), then signet trust publish"
        case .createStatusKey: "signet keys create --status, then signet trust publish"
        case .createReceiptKey: "signet keys create --receipts, then signet trust publish"
        case .replaceStatusKey: "signet keys replace-status again"
        case .replaceReceiptKey: "signet keys replace-receipt again"
        case .publishStatus: "signet status publish"
        case .importRegistry: "signet registry import"
        case .verifyRecord: "signet audit verify"
        case .restoreBackup: "signet restore home"
        case .acceptBackup: "signet restore accept --checkpoint FILE"
        case .approveDocuments: "signet documents approve --help"
        case .listKeys: "signet keys list"
        case .listAPIKeys: "signet api-keys list"
        case .createAPIKey: "signet api-keys create"
        case .listBatches: "signet batches"
        case .listCampaigns: "signet reissue list"
        case .reissue: "signet reissue run"
        }
    }
}
