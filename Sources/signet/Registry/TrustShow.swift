import ArgumentParser
import Credential
import Encodings
import Signing
import Trust

struct TrustShow: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Check a trust list under the pinned root and show what it says.",
        discussion: "Example:\n  signet trust show --trust trust-list.jws --root root.pub.pem")

    @OptionGroup var source: TrustOptions
    @Flag(help: "The whole list as one JSON object.") var json = false

    func run() throws {
        let list = try source.requiredList().list
        if json {
            print(try JSONLine.encode(list))
            return
        }
        let stale = Clock.now() > list.nextUpdate
        print(
            """
            \(list.iss)
              sequence     \(list.sequence)
              published    \(UTCTime.text(list.iat))
              next update  \(UTCTime.text(list.nextUpdate))\(stale ? "  PAST: publish or fetch a newer one" : "")
            """)
        for institution in list.institutions {
            print("\(institution.id)  \(institution.names.last?.name ?? "-")")
            for key in institution.keys { print("  key \(key.kid)  \(key.alg)  \(key.state.rawValue)") }
            print("  \(institution.filings.count) filings")
        }
    }
}
