import Accounts
import Acts
import AuditLog
import Credential
import HTTPTypes
import HomeFolder
import Jobs
import Logging
import Store
import TestSupport
import Testing

@testable import Portal

/// Batches and jobs, as the pages show them.
@Suite struct BatchPageTests {
    private let portal: TestPortal
    private let batch: Batch

    init() async throws {
        portal = try TestPortal()
        batch = try await portal.store.write { store in
            try store.save(TestPortal.institution)
            let approval = Approval(actor: "李主任", reason: "", time: 1_783_000_000)
            let batch = try store.insertBatch(
                content: [UInt8](repeating: 1, count: 32), institution: TestPortal.institution.id,
                awardDate: CalendarDate(daysSinceEpoch: 20_634),
                BatchApproval(digest: [UInt8](repeating: 0xAB, count: 32), statement: "x", approval: approval),
                chunks: [])
            try store.complete(batch.id, at: 1_783_000_001)
            return batch
        }
    }

    private var registrar: AccountRole { TestPortal.role(.registrar, TestPortal.institution.id) }

    private func runner() throws -> JobRunner {
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        return try JobRunner(
            "test", store: portal.store.forJobs, works: PapersWork.all(in: portal.office),
            keys: portal.office.home.dataKeys(), logger: logger
        ) { [portal] in portal.time }
    }

    private func ask(_ file: String, _ token: String) async throws -> Int64 {
        let answer = try await portal.send(
            .post, "/batches/\(batch.id.value)/files", session: token, form: "file=\(file)")
        #expect(answer.status == 303)
        return try #require(answer.headers[.location].flatMap { Int64($0.dropFirst("/jobs/".count)) })
    }

    @Test("a batch is its institution's; to others it is as if there were none")
    func scope() async throws {
        let (_, own) = try await portal.person([registrar])
        let (_, all) = try await portal.person([TestPortal.role(.officer)])
        let (_, other) = try await portal.person([TestPortal.role(.registrar, InstitutionID("4137012392"))])
        let path = "/batches/\(batch.id.value)"
        for token in [own, all] {
            #expect(try await portal.send(.get, "/batches", session: token).body.contains("潍坊职业学院"))
            let page = try await portal.send(.get, path, session: token)
            #expect(page.status == 200 && page.body.contains("abab abab") && page.body.contains("李主任"))
        }
        #expect(try await !portal.send(.get, "/batches", session: other).body.contains("潍坊职业学院"))
        for (method, suffix) in [(HTTPRequest.Method.get, ""), (.post, "/files"), (.get, "/files/labels")] {
            let there = try await portal.send(method, path + suffix, session: other)
            let none = try await portal.send(method, "/batches/999" + suffix, session: other)
            #expect(there.status == 404 && none.status == 404 && there.body == none.body, "\(suffix)")
        }
        let (_, leader) = try await portal.person([TestPortal.role(.leader, TestPortal.institution.id)])
        #expect(try await portal.send(.get, path, session: leader).status == 403)
        // Without a right to files there is no button for one.
        let (_, supervisor) = try await portal.person([TestPortal.role(.supervisor)])
        let read = try await portal.send(.get, path, session: supervisor)
        #expect(read.status == 200 && !read.body.contains("/files"))
    }

    @Test("a file is asked for once, watched, and taken, which is on record")
    func files() async throws {
        let (account, token) = try await portal.person([registrar])
        let path = "/batches/\(batch.id.value)/files/issued-list"
        #expect(try await portal.send(.get, path, session: token).status == 404)
        #expect(
            try await portal.send(.post, "/batches/\(batch.id.value)/files", session: token, form: "file=x").status
                == 404)
        let id = try await ask("issued-list", token)
        #expect(try await ask("issued-list", token) == id)
        let page = try await portal.send(.get, "/jobs/\(id)", session: token)
        #expect(page.body.contains("排队等候") && page.body.contains("http-equiv=\"refresh\""))
        #expect(try await portal.send(.get, "/jobs", session: token).body.contains("/jobs/\(id)"))
        let progress = try await portal.send(.get, "/jobs/\(id)/progress", session: token)
        let tag = try #require(progress.headers[.eTag])
        #expect(progress.body.contains("\"isEnded\":false"))
        let again = try await portal.send(
            .get, "/jobs/\(id)/progress", session: token, headers: [.ifNoneMatch: tag])
        #expect(again.status == 304 && again.body.isEmpty)
        #expect(try await runner().runNext())
        let ended = try await portal.send(
            .get, "/jobs/\(id)/progress", session: token, headers: [.ifNoneMatch: tag])
        #expect(ended.status == 200 && ended.body.contains("\"isEnded\":true"))
        let done = try await portal.send(.get, "/jobs/\(id)", session: token)
        #expect(done.body.contains("已完成") && !done.body.contains("http-equiv=\"refresh\""))
        let file = try await portal.send(.get, path, session: token)
        #expect(file.status == 200 && file.body.contains("证书编号"))
        #expect(file.headers[.contentDisposition] == "attachment; filename=\"batch-1-issued.csv\"")
        let acts = try await portal.store.read { try $0.auditEntries(after: 0, limit: 100) }.map(\.act)
        #expect(acts.map(\.kind) == [.batchFileTaken] && acts[0].actor == account.id.actorName)
        #expect(acts[0].subject[text: .purpose] == "issued-list")
        // A week later it is gone, and can be made again.
        try await portal.store.write { [portal] in try $0.removeResults(endedBy: portal.time) }
        #expect(try await portal.send(.get, path, session: token).status == 404)
        #expect(try await ask("issued-list", token) == id)
        #expect(try await portal.store.read { try $0.job(JobID(id))?.state } == .queued)
    }

    @Test("one sees and stops the own jobs, an administrator all, a supervisor looks")
    func jobs() async throws {
        let (_, own) = try await portal.person([registrar])
        let (_, colleague) = try await portal.person([registrar])
        let (_, administrator) = try await portal.person([TestPortal.role(.administrator)])
        let (_, supervisor) = try await portal.person([TestPortal.role(.supervisor)])
        let id = try await ask("labels", own)
        let none = try await portal.send(.get, "/jobs/999", session: colleague)
        #expect(try await portal.send(.get, "/jobs/\(id)", session: colleague).body == none.body && none.status == 404)
        #expect(try await !portal.send(.get, "/jobs", session: colleague).body.contains("/jobs/\(id)"))
        #expect(try await portal.send(.post, "/jobs/\(id)/cancel", session: colleague).status == 404)
        #expect(try await portal.send(.post, "/jobs/\(id)/cancel", session: supervisor).status == 403)
        for token in [administrator, supervisor] {
            #expect(try await portal.send(.get, "/jobs/\(id)", session: token).status == 200)
        }
        @Sendable func state() async throws -> Job.State? {
            try await portal.store.read { try $0.job(JobID(id))?.state }
        }
        #expect(try await portal.send(.post, "/jobs/\(id)/pause", session: own).status == 303)
        #expect(try await state() == .paused)
        #expect(try await !runner().runNext())
        #expect(try await portal.send(.post, "/jobs/\(id)/pause", session: own).status == 409)
        #expect(try await portal.send(.post, "/jobs/\(id)/resume", session: own).status == 303)
        #expect(try await portal.send(.post, "/jobs/\(id)/cancel", session: administrator).status == 303)
        #expect(try await state() == .cancelled)
        let page = try await portal.send(.get, "/jobs/\(id)", session: own)
        #expect(page.body.contains("/resume") && !page.body.contains("/pause") && !page.body.contains("/cancel"))
    }

    @Test("holders are invited after a fresh sign-in, by whose institution it is")
    func invitations() async throws {
        let (_, token) = try await portal.person([registrar])
        let path = "/batches/\(batch.id.value)"
        #expect(try await portal.send(.get, path, session: token).body.contains("/invitations"))
        let links = try await portal.send(.post, path + "/invitations", session: token)
        #expect(links.status == 200 && links.body.contains("领取链接"))
        #expect(
            try await portal.store.read { try $0.auditEntries(after: 0, limit: 9) }.map(\.act.kind) == [.holdersInvited]
        )
        let (_, other) = try await portal.person([TestPortal.role(.registrar, InstitutionID("4137012392"))])
        #expect(try await portal.send(.post, path + "/invitations", session: other).status == 404)
        portal.pass(SignedIn.freshSeconds)
        #expect(try await portal.send(.post, path + "/invitations", session: token).status == 403)
        let late = try await portal.send(.get, path, session: token)
        #expect(!late.body.contains("/invitations") && late.body.contains("/sign-in?next=/batches"))
    }

    @Test("500 hostile names of institutions, officers and colleagues make no mark of HTML more than plain ones")
    func names() async throws {
        let (_, officer) = try await portal.person([TestPortal.role(.officer)])
        let (_, administrator) = try await portal.person([TestPortal.role(.administrator)])
        let (first, token) = try await portal.person([registrar])
        var asker = first
        let id = try await ask("labels", token)
        let paths = [
            ("/batches", officer), ("/batches/\(batch.id.value)", officer), ("/jobs/\(id)", administrator),
        ]
        var plain: [String: [Int]] = [:]
        for (path, token) in paths {
            plain[path] = PageTests.marks(try await portal.send(.get, path, session: token).body)
        }
        for name in PageTests.hostile {
            (asker.name, asker.epoch) = (name, asker.epoch + 1)
            try await portal.store.write { [asker] in
                try $0.update(asker)
                var institution = TestPortal.institution
                institution.names = [.init(name: name, from: CalendarDate(daysSinceEpoch: 0))]
                try $0.save(institution)
            }
            for (path, token) in paths {
                let page = try await portal.send(.get, path, session: token)
                #expect(page.status == 200 && PageTests.marks(page.body) == plain[path], "\(path)")
            }
        }
    }
}
