import ArgumentParser
import Errors
import Foundation
import TestSupport
import Testing

@testable import signet

/// What an error tells its reader to do is run, as it is printed.
@Suite struct RemedyTests {
    /// Each case once, with a value where it has one.
    static let remedies: [Remedy] = [
        .createHome, .publishTrust, .createKey(institution: "4137012391"), .createStatusKey, .createReceiptKey,
        .replaceStatusKey, .replaceReceiptKey, .certifyKey(institution: "4137012391"), .publishStatus, .makeBundle,
        .checkText, .importRegistry, .verifyRecord, .restoreBackup, .acceptBackup, .approveDocuments, .listKeys,
        .listAPIKeys, .createAPIKey, .listBatches, .listCampaigns, .signApproval, .addApprover,
    ]

    private static func name(_ remedy: Remedy) -> String { String("\(remedy)".prefix { $0 != "(" }) }

    /// What the program says against a command as it is printed, which names the program first; nil when it takes it.
    private func objection(_ command: String) throws -> String? {
        let folder = try TemporaryDirectory()
        try "".write(toFile: folder.path + "/filings.csv", atomically: true, encoding: .utf8)
        // The program looks into this folder before it runs.
        let words = command.split(separator: " ").map { $0 == "FOLDER" ? folder.path : String($0) }
        guard words.first == "signet" else { return "\(command) is no command of ours" }
        do {
            _ = try Signet.parseAsRoot(Array(words.dropFirst()))
            return nil
        } catch {
            // Help is an answer, too.
            return Signet.exitCode(for: error).isSuccess ? nil : Signet.fullMessage(for: error)
        }
    }

    @Test("the program takes every command of a remedy, word for word", arguments: remedies)
    func taken(_ remedy: Remedy) throws {
        #expect(!remedy.commands.isEmpty)
        for command in remedy.commands { #expect(try objection(command) == nil, "\(command)") }
    }

    @Test("the control: a command that lacks something, or has too much, is not taken")
    func control() throws {
        for command in ["signet restore accept", "signet status publish now", "signet keys replace-status", "dev/test"]
        {
            #expect(try objection(command) != nil, "\(command)")
        }
    }

    @Test("no remedy is left out")
    func all() throws {
        let source = try String(contentsOf: Repository.file("Sources/Errors/Remedy.swift"), encoding: .utf8)
        let names = source.matches(of: /\n    case ([^\n]+)/).flatMap { line in
            line.output.1.split(separator: ", ").map { String($0.prefix { $0 != "(" }) }
        }
        #expect(names.count > 15)
        #expect(Set(names) == Set(Self.remedies.map(Self.name)))
    }

    @Test("a sentence ends with its command in both languages, whether it has a full stop or not")
    func sentence() {
        let open = Refusal(.missing, zh: "没有密钥", en: "there is no key", remedy: .listKeys)
        #expect(open.sentence(in: .en) == "there is no key; run: signet keys list")
        #expect(open.sentence(in: .zh) == "没有密钥；请运行：signet keys list")
        let whole = Refusal(.missing, zh: "没有。", en: "There is none.", remedy: .createStatusKey)
        #expect(whole.sentence(in: .en) == "There is none. Run: signet keys create --status, then signet trust publish")
        #expect(whole.sentence(in: .zh) == "没有。请运行：signet keys create --status，然后 signet trust publish")
        #expect(Refusal(.missing, zh: "无", en: "none").sentence(in: .zh) == "无")
    }
}
