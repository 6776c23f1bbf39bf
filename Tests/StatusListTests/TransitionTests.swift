import StatusList
import Testing

@Suite struct TransitionTests {
    @Test("Valid and suspended lead to each other and to the two final ones; nothing leads out of those")
    func table() {
        let changes: [CertificateStatus: Set<StatusTransition>] = [
            .valid: [.revoke, .suspend, .supersede], .suspended: [.reinstate, .revoke, .supersede],
            .revoked: [], .superseded: [],
        ]
        for status in CertificateStatus.allCases {
            for transition in StatusTransition.allCases {
                let expected: StatusTransition.Effect =
                    status == transition.target ? .none : changes[status]!.contains(transition) ? .changes : .refused
                #expect(transition.effect(on: status) == expected, "\(transition) of \(status)")
            }
        }
    }

    @Test("Every reason belongs to a transition, but for the one that nobody can choose")
    func reasons() {
        let chosen = Set(StatusTransition.allCases.flatMap(StatusReason.reasons))
        #expect(chosen.union([.restored]) == Set(StatusReason.allCases) && !chosen.contains(.restored))
        #expect(StatusReason.misconduct.isFor(.revoke))
        #expect(!StatusReason.misconduct.isFor(.reinstate))
    }

    @Test("Only addresses of our shape name a list")
    func addresses() {
        #expect(StatusListURI.list(in: StatusListURI.text(host: "verify.example.org:8443", list: 12)) == 12)
        let others = [
            "http://a.example/status/1", "https://a.example/status/01", "https://a.example/status/0",
            "https://a.example/status/1/", "https://a.example/x/status/1", "https://a.example/status/-1",
            "https:///status", "https://a.example/status/99999999999999999999", "https://a.example/status/１", "",
        ]
        for text in others { #expect(StatusListURI.list(in: text) == nil, "\(text)") }
    }
}
