import ArgumentParser
import Credential
import Errors
import Files
import Glibc
import Signing
import Trust
import Verification

/// Where the evidence for a check comes from: the files named, a bundle, or a home.
struct StatusOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Status lists (JWT or CWT); by default the home's.", valueName: "file"))
    var status: [String] = []

    @Option(help: ArgumentHelp("Trust list and status lists in one file; see signet bundle.", valueName: "file"))
    var bundle: String?

    @Option(help: "Oldest status list to rely on, such as 12h or 2d; by default each says it itself.")
    var maxAge: String?

    func validate() throws {
        guard bundle == nil || status.isEmpty else {
            throw ValidationError(zh: "--status 与 --bundle 只能给一种", en: "give either --status or --bundle")
        }
        if let maxAge, Duration.seconds(in: maxAge) == nil {
            throw ValidationError(
                zh: "--max-age \(maxAge) 不是时长，应如 90m、12h 或 2d",
                en: "--max-age \(maxAge) is not a time such as 90m, 12h or 2d")
        }
    }

    enum Duration {
        static func seconds(in text: String) -> Int? {
            let units: [Character: Int] = ["s": 1, "m": 60, "h": 3600, "d": 86_400]
            guard let unit = text.last.flatMap({ units[$0] }), let count = Int(text.dropLast()), count > 0,
                count <= 1_000_000
            else { return nil }
            return count * unit
        }
    }
}

/// Trust list and status lists as they were found, checked.
struct Evidence {
    let trust: TrustSource
    let status: StatusSource

    init(_ source: TrustOptions, _ options: StatusOptions) throws {
        var bundle: VerificationBundle?
        if let path = options.bundle {
            bundle = VerificationBundle(
                decoding: try DurableFile.read(path, limit: VerificationBundle.maximumByteCount))
            guard bundle != nil else {
                throw Refusal(
                    .refused, zh: "\(path) 不是核验包；请制作一个", en: "\(path) is not a bundle; make one", remedy: .makeBundle)
            }
        }
        var trust = try source.trustSource(jws: bundle?.trustList)
        var status = StatusSource(maximumAge: options.maxAge.flatMap(StatusOptions.Duration.seconds))
        if case .list(let list) = trust {
            let memory = SeenLists(root: try source.rootKey())
            let seen = memory.publications.statusLists
            let tokens =
                try bundle.map { $0.statusLists.map { ("bundle", Array($0.utf8)) } }
                ?? Self.files(source, options).map { ($0, try DurableFile.read($0)) }
            for (name, token) in tokens {
                guard let problem = status.add(token, from: nil, trust: list, seen: seen) else { continue }
                Terminal.standardError.say(problem.text.prefixed(with: name).spoken)
            }
            memory.remember(status.seen)
            trust = trust.notOlder(than: status.leastTrustList)
            if case .rolledBack = trust {
                Terminal.standardError.say(
                    spoken(
                        zh:
                            "状态列表对应第 \(status.leastTrustList.sequence) 号信任列表，而这是第 \(list.list.sequence) 号：放回的是旧副本；请取得最新的",
                        en: "the status lists go with trust list \(status.leastTrustList.sequence), but this is "
                            + "\(list.list.sequence): an old copy was put back; get the newest one"))
            }
        }
        (self.trust, self.status) = (trust, status)
    }

    private static func files(_ source: TrustOptions, _ options: StatusOptions) throws -> [String] {
        if !options.status.isEmpty { return options.status }
        return source.usesHome ? StatusFolder.files(source.home.path + "/status") : []
    }
}

enum StatusFolder {
    /// The lists in their JWT form, by number.
    static func files(_ folder: String) -> [String] {
        var number = 1
        var files: [String] = []
        while access("\(folder)/\(number).jwt", F_OK) == 0 {
            files.append("\(folder)/\(number).jwt")
            number += 1
        }
        return files
    }
}
