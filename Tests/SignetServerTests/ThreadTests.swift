import Dispatch
import HTTPSupport
import Lookup
import Synchronization
import Testing

@testable import SignetServer

@Suite(.serialized) struct ThreadTests {
    /// Callers who stay until all have come: how many are inside at once shows, whatever each takes.
    private final class Meeting: Sendable {
        private let count: Int
        private let state = Mutex((inside: 0, most: 0, isOver: false))
        private let gate = DispatchSemaphore(value: 0)

        init(of count: Int) { self.count = count }

        var most: Int { state.withLock { $0.most } }

        /// - Parameter seconds: after which nobody is waited for any more. Those who come one by one are each alone
        ///   inside, however long that is.
        func join(atMost seconds: Int) {
            let isOver = state.withLock { state in
                state.inside += 1
                state.most = max(state.most, state.inside)
                state.isOver = state.isOver || state.inside == count
                return state.isOver
            }
            if isOver || gate.wait(timeout: .now() + .seconds(seconds)) == .timedOut {
                state.withLock { $0.isOver = true }
            }
            // The next one need not wait either.
            gate.signal()
            state.withLock { $0.inside -= 1 }
        }
    }

    /// - Parameter run: what each caller is run by.
    /// - Returns: how many callers were inside at once.
    private func most(
        of count: Int, waiting seconds: Int,
        _ run: @escaping @Sendable (@escaping @Sendable () -> Void) async throws -> Void
    ) async throws -> Int {
        let meeting = Meeting(of: count)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<count { group.addTask { try await run { meeting.join(atMost: seconds) } } }
            try await group.waitForAll()
        }
        return meeting.most
    }

    @Test("very many wait for workers at once; the control: in a line they are found to be one by one")
    func allAtOnce() async throws {
        #expect(try await most(of: 100, waiting: 120) { try await OwnThread.run("test", $0) } == 100)
        let line = DispatchQueue(label: "test")
        let one = try await most(of: 4, waiting: 1) { body in
            await withCheckedContinuation { continuation in
                line.async {
                    body()
                    continuation.resume()
                }
            }
        }
        #expect(one == 1)
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
