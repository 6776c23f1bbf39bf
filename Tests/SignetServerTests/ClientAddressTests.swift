import HTTPSupport
import Testing

@testable import SignetServer

@Suite struct ClientAddressTests {
    @Test(
        "one client is one address, however it is written",
        arguments: [
            ("198.51.100.7", "198.51.100.7"), ("198.51.100.7:4711", "198.51.100.7"),
            ("::ffff:198.51.100.7", "198.51.100.7"), ("[::FFFF:c633:6407]:443", "198.51.100.7"),
            ("64:ff9b::198.51.100.7", "198.51.100.7"), (" [2001:DB8:0::1] ", "2001:db8::1"),
            ("[2001:db8::1]:65535", "2001:db8::1"), ("2001:0db8:0000:0000:0000:0000:0000:0001", "2001:db8::1"),
            ("fe80::1%eth0", "fe80::1"),
        ])
    func spellings(_ written: String, _ plain: String) throws {
        #expect(try #require(IPAddress(forwarded: written[...])) == #require(IPAddress(plain)))
    }

    @Test(
        "what is no address is none",
        arguments: [
            "", "unknown", "_hidden", "198.51.100", "198.51.100.7.8", "198.51.100.7:x", "198.51.100.7:",
            "1.2.3.4:123456",
            "[2001:db8::1", "[2001:db8::1]x", "2001:db8::1::2", "198.51.100.7\0", "not-an-address-1", "0x7f.1", "127.1",
        ])
    func refusals(_ written: String) { #expect(IPAddress(forwarded: written[...]) == nil) }

    @Test("networks of one household, customer and site share what they may do, in steps")
    func steps() throws {
        /// How many of 1,000 acts within one instant are let through.
        func admitted(_ address: (Int) -> String) throws -> Int {
            let limiter = ClientLimiter(perMinute: 6, burst: 6)
            return try (0..<1000).count { index in
                let client = Client.address(try #require(IPAddress(address(index))))
                return limiter.delay(for: client, now: 0) == nil
            }
        }
        #expect(try admitted { "2001:db8:1:1::\(String($0 + 1, radix: 16))" } == 6)
        #expect(try admitted { "2001:db8:1:\(String($0 % 256, radix: 16))::1" } == 24)
        #expect(try admitted { "2001:db8:1:\(String($0 * 64, radix: 16))::1" } == 96)
        // Control: other sites have their own, as IPv4 addresses have.
        #expect(try admitted { "2001:db8:\(String($0, radix: 16))::1" } == 1000)
        #expect(try admitted { "198.51.\($0 / 250).\($0 % 250)" } == 1000)
        #expect(try admitted { _ in "::ffff:198.51.100.7" } == 6)
    }

    /// Statuses of guessed keys, each counted for the client. Asked three times over: what a slow machine lets a client
    /// regain meanwhile is less than that.
    private func guesses(_ forwarded: [String], _ server: RunningServer) async throws -> [Int] {
        var statuses: [Int] = []
        for entry in Array(repeating: forwarded, count: 3).joined() {
            let headers = [
                "Content-Type": "text/csv", "Authorization": "Bearer signet_guess", "X-Forwarded-For": entry,
            ]
            statuses.append(
                try await HTTPClient.request("POST", "/v1/verifications", port: server.port, headers: headers).status)
        }
        return statuses
    }

    /// Whether one who comes by this way may still ask, after so many guesses of a key.
    private func isAdmitted(_ way: HTTPClient.Way, after guesses: Int, _ server: RunningServer) async throws -> Bool {
        for _ in 0...guesses {
            let answer = try await HTTPClient.request(
                "POST", "/v1/verifications", port: server.port,
                headers: ["Content-Type": "text/csv", "Authorization": "Bearer signet_guess"], way: way)
            guard answer.status == 401 else { return false }
        }
        return true
    }

    @Test("on a listener of both families an IPv4 client is one, however it comes, and no other's")
    func dualStack() async throws {
        let service = BulkService(keys: nil, receiptKey: nil, tool: "test/1")
        try await RunningServer.with(address: "::", bulk: service) { server in
            // Until one is refused: a slow machine lets a client regain some of its allowance meanwhile.
            let first = try await isAdmitted(.ipv4("127.0.0.1"), after: 300, server)
            let mapped = try await isAdmitted(.ipv6("::ffff:127.0.0.1"), after: 30, server)
            #expect(!first && !mapped)
            // Control: other addresses have their own, of either family.
            let other = try await isAdmitted(.ipv4("127.0.0.2"), after: 0, server)
            let native = try await isAdmitted(.ipv6("::1"), after: 0, server)
            #expect(other && native)
        }
        // A proxy that comes by IPv4 is trusted by its IPv4 address.
        try await RunningServer.with(address: "::", bulk: service, trustedProxies: ["127.0.0.1"]) { server in
            let many = (0..<8).map { "198.51.100.\($0)" }
            let statuses = try await guesses(many, server)
            #expect(statuses.allSatisfy { $0 == 401 })
        }
    }

    @Test("behind trusted proxies the last address that is not theirs counts, and what is none shares one allowance")
    func forwarded() async throws {
        let service = BulkService(keys: nil, receiptKey: nil, tool: "test/1")
        try await RunningServer.with(bulk: service, trustedProxies: ["::ffff:127.0.0.1", "192.0.2.10"]) { server in
            let spellings = [
                "198.51.100.7", "198.51.100.7:1", "::ffff:198.51.100.7", "9.9.9.9, 198.51.100.7",
                "198.51.100.7, 192.0.2.10", "[::ffff:198.51.100.7]:1", "198.51.100.7:2",
            ]
            let statuses = try await guesses(spellings, server)
            #expect(statuses.prefix(6).allSatisfy { $0 == 401 } && statuses.contains(429))
            // Control: another client has its own.
            #expect(try await guesses(["198.51.100.8"], server) == [401, 401, 401])
            let strange = (0..<7).map { "not-an-address-\($0)" }
            #expect(try await guesses(strange, server).contains(429))
        }
        // Without a trusted proxy nobody's word is believed.
        try await RunningServer.with(bulk: service) { server in
            let many = (0..<7).map { "198.51.100.\($0)" }
            let statuses = try await guesses(many, server)
            #expect(statuses.contains(429))
        }
    }
}
