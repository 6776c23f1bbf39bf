import Errors

extension Explained {
    /// As a person at a terminal meets it: one sentence, and the command that helps.
    func sentence(in language: Language = .current) -> String {
        let words = words[language]
        guard let remedy else { return words }
        let isWhole = words.hasSuffix(".") || words.hasSuffix("。")
        switch language {
        case .zh: return words + (isWhole ? "" : "；") + "请运行：" + remedy.commands.joined(separator: "，然后 ")
        case .en: return words + (isWhole ? " Run: " : "; run: ") + remedy.commands.joined(separator: ", then ")
        }
    }
}

extension Remedy {
    /// One after the other. Words in capitals are for the reader to fill in.
    var commands: [String] {
        let publishTrust = "signet trust publish"
        return switch self {
        case .createHome: ["signet init --authority NAME --host HOST"]
        case .publishTrust: [publishTrust]
        case .createKey(let institution): ["signet keys create \(institution)", publishTrust]
        case .createStatusKey: ["signet keys create --status", publishTrust]
        case .createReceiptKey: ["signet keys create --receipts", publishTrust]
        case .replaceStatusKey: ["signet keys replace-status --reason REASON"]
        case .replaceReceiptKey: ["signet keys replace-receipt --reason REASON"]
        case .certifyKey(let institution): ["signet keys certify \(institution)"]
        case .publishStatus: ["signet status publish"]
        case .makeBundle: ["signet bundle --out FILE"]
        case .checkText: ["signet verify --text FILE"]
        case .importRegistry: ["signet registry import --folder FOLDER"]
        case .verifyRecord: ["signet audit verify"]
        case .restoreBackup: ["signet restore home FOLDER"]
        case .acceptBackup: ["signet restore accept --checkpoint FILE --reason REASON"]
        case .signApproval: ["signet approve --help"]
        case .addApprover: ["signet approvers add ACCOUNT"]
        case .approveDocuments: ["signet documents approve --help"]
        case .listKeys: ["signet keys list"]
        case .listAPIKeys: ["signet api-keys list"]
        case .createAPIKey: ["signet api-keys create --name NAME"]
        case .listBatches: ["signet batches"]
        case .listCampaigns: ["signet reissue list"]
        }
    }
}
