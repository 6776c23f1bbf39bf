import HTTPSupport
import Lookup
import Testing

@testable import SignetServer

/// Who is taken up, and what is given up for it.
@Suite struct PlacesTests {
    private static func stranger(_ number: Int) throws -> Asker {
        .stranger(.address(try #require(IPAddress("198.51.100.\(number)"))))
    }

    private static func key(_ id: String) -> Asker { .key(APIKey(id: id, scopes: [.verify], perMinute: 60)) }

    private func taken(_ asker: Asker, count: Int, finished: Bool = true, fetched: Set<Int> = []) -> [Places.Taken] {
        (0..<count).map { index in
            Places.Taken(
                id: "\(asker.name) \(index)", owner: asker.name, isByKey: Asker.isKey(named: asker.name),
                finishedAt: finished ? Double(index) : nil, isFetched: fetched.contains(index))
        }
    }

    @Test("strangers together leave half of the places to keys, however many they are")
    func strangers() throws {
        let crowd = try (0..<16).flatMap { taken(try Self.stranger($0), count: 2, finished: false) }
        #expect(throws: Problem.self) { try Places(taken: crowd).room(for: Self.stranger(99)) }
        #expect(try Places(taken: crowd).room(for: Self.key("a")).isEmpty)
        // Control: one place fewer, and the stranger is taken up, too.
        #expect(try Places(taken: Array(crowd.dropLast())).room(for: Self.stranger(99)).isEmpty)
    }

    @Test("whoever has the most gives way to whoever has less, the fetched and the oldest first")
    func greediest() throws {
        let modest = try (0..<28).flatMap { taken(try Self.stranger($0), count: 1) }
        let greedy = taken(try Self.stranger(100), count: 4, fetched: [2])
        let places = Places(taken: modest + greedy)
        #expect(try places.room(for: Self.stranger(99)) == ["\(Self.stranger(100).name) 2"])
        // One who has one already does not push out another's second, but the own.
        let equal = try (0..<16).flatMap { taken(try Self.stranger($0), count: 2) }
        #expect(try Places(taken: equal).room(for: Self.stranger(3)) == ["\(Self.stranger(3).name) 0"])
        #expect(try Places(taken: equal).room(for: Self.stranger(99)).count == 1)
        // It is finished results that count: who has more that are being checked keeps the finished one.
        let busy = taken(try Self.stranger(100), count: 2, finished: false) + taken(try Self.stranger(100), count: 1)
        let others = try (0..<14).flatMap { taken(try Self.stranger($0), count: 2) }
        let crowd = Places(taken: busy + others + taken(try Self.stranger(98), count: 1, finished: false))
        #expect(try crowd.room(for: Self.stranger(99)) == ["\(Self.stranger(0).name) 0"])
    }

    @Test("those who never fetch keep nobody out; what is being checked is not given up, nor what keys have")
    func neverFetched() throws {
        let single = try (0..<32).map { index in
            let asker = try Self.stranger(index)
            return Places.Taken(
                id: asker.name, owner: asker.name, isByKey: false, finishedAt: Double(100 - index), isFetched: false)
        }
        let keys = taken(Self.key("a"), count: 16)
        #expect(try Places(taken: single + keys).room(for: Self.stranger(99)) == [Self.stranger(31).name])
        // One who has a result gives up that, and not another's.
        #expect(try Places(taken: single + keys).room(for: Self.stranger(3)) == [Self.stranger(3).name])
        // Control: nothing is finished, and nobody is taken up.
        let running = try (0..<32).flatMap { taken(try Self.stranger($0), count: 1, finished: false) }
        #expect(throws: Problem.self) { try Places(taken: running + keys).room(for: Self.stranger(99)) }
    }

    @Test("what was given up is remembered, the last of it")
    func givenUp() {
        var given = GivenUp()
        for index in 0..<3000 { given.add("\(index)") }
        #expect((2000..<3000).allSatisfy { given.contains("\($0)") } && !given.contains("1000"))
    }

    @Test("an owner's newest results push out its own oldest; unfinished ones are refused beyond its share")
    func own() throws {
        let four = try taken(Self.stranger(1), count: 4)
        #expect(try Places(taken: four).room(for: Self.stranger(1)) == [four[0].id])
        #expect(try Places(taken: Array(four.dropFirst())).room(for: Self.stranger(1)).isEmpty)
        let busy = try taken(Self.stranger(1), count: 2, finished: false)
        #expect(throws: Problem.self) { try Places(taken: busy).room(for: Self.stranger(1)) }
        #expect(throws: Problem.self) {
            try Places(taken: taken(Self.key("a"), count: 8, finished: false)).room(for: Self.key("a"))
        }
    }

    @Test("no key can keep another out")
    func keys() throws {
        let keys = (0..<4).flatMap { taken(Self.key("\($0)"), count: 16) }
        #expect(try Places(taken: keys).room(for: Self.key("new")).count == 1)
    }

    @Test("owners take turns, each in its own order")
    func turns() {
        var turns = Turns()
        for index in 0..<100 { turns.add("greedy \(index)", of: "greedy") }
        turns.add("late", of: "late")
        turns.add("later", of: "late")
        #expect((0..<5).compactMap { _ in turns.next() } == ["greedy 0", "late", "greedy 1", "later", "greedy 2"])
        var rest: [String] = []
        while let id = turns.next() { rest.append(id) }
        #expect(rest == (3..<100).map { "greedy \($0)" })
    }
}
