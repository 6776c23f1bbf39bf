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

    /// - Parameter receiveByteCount: what the system may take ahead of the reader; nil leaves it as it is.
    init(port: Int, receiveByteCount: Int32? = nil) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        try #require(descriptor >= 0)
        if var count = receiveByteCount {
            setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &count, socklen_t(MemoryLayout<Int32>.size))
        }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let result = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        try #require(result == 0)
        // No test waits for ever.
        var limit = timeval(tv_sec: 120, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    }

    deinit { close(descriptor) }

    func send(_ text: String) {
        let bytes = Array(text.utf8)
        var offset = 0
        while offset < bytes.count {
            let count = bytes.withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress! + offset, bytes.count - offset, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return }
            offset += count
        }
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
        _ method: String, _ path: String, port: Int, headers: [String: String] = [:], body: String = ""
    ) async throws -> Response {
        let client = try HTTPClient(port: port)
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
