import Dispatch
import HTTPSupport
import Lookup
import Synchronization
import Testing

@testable import SignetServer

@Suite(.serialized) struct ThreadTests {
    /// Callers that wait until the end, all at once.
    private final class Waiters: Sendable {
        static let count = 100
        private let begun = Mutex(0)
        private let all = DispatchSemaphore(value: 0)
        private let end = DispatchSemaphore(value: 0)

        func wait() {
            let isLast = begun.withLock { begun in
                begun += 1
                return begun == Self.count
            }
            if isLast { all.signal() }
            end.wait()
        }

        func waitForAll() { all.wait() }
        func release() { for _ in 0..<Self.count { end.signal() } }
    }

    /// One after the other, the first would wait for ever.
    @Test("very many wait for workers at once", .timeLimit(.minutes(10)))
    func allAtOnce() async throws {
        let waiters = Waiters()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<Waiters.count {
                group.addTask { try await OwnThread.run("test") { waiters.wait() } }
            }
            try await OwnThread.run("test") {
                waiters.waitForAll()
                waiters.release()
            }
            try await group.waitForAll()
        }
    }

    @Test("a waiting line does one after the other, and turns away who comes when it is full")
    func line() async throws {
        let line = WaitingLine("test", most: 4, retrySeconds: 7, busy: .documents)
        let end = DispatchSemaphore(value: 0)
        let active = Mutex((now: 0, most: 0))
        let work: @Sendable () -> Void = {
            active.withLock { $0 = ($0.now + 1, max($0.most, $0.now + 1)) }
            end.wait()
            active.withLock { $0.now -= 1 }
        }
        let (done, turnedAway) = try await withThrowingTaskGroup(of: Bool.self) { group in
            for _ in 0..<10 {
                group.addTask {
                    do {
                        try await line.run(most: 3, work)
                        return true
                    } catch let busy as ServerBusy {
                        #expect(busy.seconds == 7)
                        return false
                    }
                }
            }
            // Nobody ends before the others were turned away.
            for _ in 0..<7 { #expect(try await group.next() == false) }
            // The last place is for those who may have it.
            group.addTask {
                try await line.run(work)
                return true
            }
            for _ in 0..<4 { end.signal() }
            return try await group.reduce(into: (done: 0, turnedAway: 7)) {
                $0.done += $1 ? 1 : 0
                $0.turnedAway += $1 ? 0 : 1
            }
        }
        #expect(done == 4 && turnedAway == 7)
        #expect(active.withLock { $0.most } == 1)
        #expect(try await line.run { 5 } == 5)
    }

    @Test("archives that are made at once are few, and one that is given up makes room")
    func archives() throws {
        let places = ArchivePlaces()
        var held = [try places.take(), try places.take()]
        #expect(throws: ServerBusy.self) { try places.take() }
        held.removeLast()
        held.append(try places.take())
        #expect(throws: ServerBusy.self) { try places.take() }
    }
}
