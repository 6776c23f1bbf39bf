import Accounts
import Acts
import AuditLog
import Credential
import HTTPTypes
import Store
import TestSupport
import Testing
import WebAuthn

@testable import Portal

/// What stands before a signature.
@Suite struct ApprovePageTests {
    private let portal: TestPortal
    private let submission: Submission
    private let officer: Account
    private let token: String

    init() async throws {
        portal = try TestPortal()
        let maker = try await portal.person([TestPortal.role(.registrar, TestPortal.institution.id)], name: "王海燕").0
        submission = try await SubmittedSheet.make(3, in: portal, by: maker)
        (officer, token) = try await portal.person([TestPortal.role(.officer)], name: "李明")
    }

    @Test("the page is there for whoever reviews, and says why nothing can be signed yet")
    func obstacles() async throws {
        let path = "/reviews/\(submission.id.value)/approve"
        #expect(try await portal.send(.get, path, session: token).status == 404)
        _ = try await portal.send(
            .post, "/reviews/claim", session: token, form: "submission=\(submission.id.value)")
        let page = try await portal.send(.get, path, session: token)
        #expect(page.status == 200 && page.body.contains("批准签发 3 份证书"))
        // The institution has no key here.
        #expect(page.body.contains("没有可用的签名密钥") && !page.body.contains("data-statement"))
        let (_, other) = try await portal.person([TestPortal.role(.officer)], name: "赵敏")
        #expect(try await portal.send(.get, path, session: other).status == 404)
        let frozen = try await portal.send(.get, "/reviews/\(submission.id.value)/frozen", session: token)
        #expect(frozen.body.hasPrefix("行,工作表,表内行,记录,") && frozen.body.contains("张晓丽"))
        let taken = try await portal.store.read { try $0.lastAuditEntry() }
        #expect(taken?.act.kind == .frozenFileTaken && taken?.act.actor == officer.id.actorName)
        #expect(taken?.act.digest == submission.digest)
        let specimen = try await portal.send(
            .get, "/reviews/\(submission.id.value)/specimen?row=2", session: token)
        #expect(specimen.status == 200 && specimen.headers[.contentType] == "application/pdf")
        #expect(
            try await portal.send(.get, "/reviews/\(submission.id.value)/specimen?row=99", session: token).status
                == 404)
    }
}
