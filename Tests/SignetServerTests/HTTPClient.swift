import Foundation
import Glibc
import Testing

/// A bare HTTP/1.1 client over a loopback socket, so that tests can also misbehave.
final class HTTPClient: Sendable {
    struct Response {
        var status = 0
        var headers: [String: String] = [:]
        var body = ""
    }

    private let descriptor: Int32

    /// How a client on this machine comes.
    enum Way {
        /// From an address of loopback.
        case ipv4(String)
        /// To an address of IPv6: its own loopback, or an IPv4 address as it is mapped there.
        case ipv6(String)
    }

    /// - Parameter receiveByteCount: what the system may take ahead of the reader; nil leaves it as it is.
    init(port: Int, receiveByteCount: Int32? = nil, way: Way = .ipv4("127.0.0.1")) throws {
        let family = if case .ipv6 = way { AF_INET6 } else { AF_INET }
        descriptor = socket(family, Int32(SOCK_STREAM.rawValue), 0)
        try #require(descriptor >= 0)
        if var count = receiveByteCount {
            setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &count, socklen_t(MemoryLayout<Int32>.size))
        }
        try #require(come(way, to: in_port_t(port)) == 0)
        // No test waits for ever.
        var limit = timeval(tv_sec: 120, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    }

    private func come(_ way: Way, to port: in_port_t) -> Int32 {
        switch way {
        case .ipv4(let source):
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_addr.s_addr = inet_addr(source)
            guard Self.with(&address, { bind(descriptor, $0, $1) }) == 0 else { return -1 }
            address.sin_port = port.bigEndian
            address.sin_addr.s_addr = inet_addr("127.0.0.1")
            return Self.with(&address) { connect(descriptor, $0, $1) }
        case .ipv6(let target):
            var address = sockaddr_in6()
            address.sin6_family = sa_family_t(AF_INET6)
            address.sin6_port = port.bigEndian
            inet_pton(AF_INET6, target, &address.sin6_addr)
            return Self.with(&address) { connect(descriptor, $0, $1) }
        }
    }

    private static func with<Address>(
        _ address: inout Address, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32
    ) -> Int32 {
        withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<Address>.size))
            }
        }
    }

    deinit { close(descriptor) }

    /// - Returns: whether all of it was taken.
    @discardableResult
    func send(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        var offset = 0
        while offset < bytes.count {
            let count = bytes.withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress! + offset, bytes.count - offset, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return false }
            offset += count
        }
        return true
    }

    /// Ends the connection from this side.
    func stop() { shutdown(descriptor, Int32(SHUT_RDWR)) }

    /// All that comes until either side closes, or until nothing came for the time limit.
    func readToEnd() async -> String { String(decoding: await readToClose().bytes, as: UTF8.self) }

    /// The same, and whether an end came: not the time limit.
    ///
    /// Waits on a thread of its own, as the server under test needs those of the tasks.
    ///
    /// - Parameters:
    ///   - bytesAtOnce: most that is taken at once.
    ///   - pause: microseconds before each taking; a slow reader's.
    func readToClose(bytesAtOnce: Int = 65_536, pause: UInt32 = 0) async -> (bytes: [UInt8], isClosed: Bool) {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread { [self] in
                var bytes: [UInt8] = []
                var buffer = [UInt8](repeating: 0, count: bytesAtOnce)
                var count = 0
                repeat {
                    count = recv(descriptor, &buffer, buffer.count, 0)
                    if count > 0 { bytes += buffer[..<count] }
                    if count > 0, pause > 0 { usleep(pause) }
                } while count > 0
                continuation.resume(returning: (bytes, count == 0 || errno == ECONNRESET))
            }
        }
    }

    static func request(
        _ method: String, _ path: String, port: Int, headers: [String: String] = [:], body: String = "",
        way: Way = .ipv4("127.0.0.1")
    ) async throws -> Response {
        let client = try HTTPClient(port: port, way: way)
        var head = "\(method) \(path) HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
        for (name, value) in headers { head += "\(name): \(value)\r\n" }
        if !body.isEmpty { head += "Content-Length: \(body.utf8.count)\r\n" }
        client.send(head + "\r\n" + body)
        return try Response(await client.readToEnd())
    }

    static func verify(_ json: String, port: Int) async throws -> Response {
        try await request("POST", "/v1/verify", port: port, headers: ["Content-Type": "application/json"], body: json)
    }
}

extension HTTPClient.Response {
    init(_ text: String) throws {
        let end = try #require(text.firstRange(of: "\r\n\r\n"), "no whole answer came")
        let lines = text[..<end.lowerBound].split(separator: "\r\n")
        status = Int(lines[0].split(separator: " ")[1]) ?? 0
        for line in lines.dropFirst() {
            let parts = line.split(separator: ":", maxSplits: 1)
            headers[parts[0].lowercased()] = parts[1].drop { $0 == " " }.description
        }
        body = String(text[end.upperBound...])
    }
}
