import Foundation
import Glibc
import Synchronization

/// A mail server or webhook of the test's own, on a port of the system's choice.
final class LoopbackServer: Sendable {
    enum Kind: Sendable { case mail, hook }

    let port: Int
    private let listener: Int32
    private let kind: Kind
    private let heard = Mutex<[String]>([])
    /// What a webhook answers, and which line a mail server gives at the end of the message.
    private let answers = Mutex<[String]>([])

    init(_ kind: Kind) throws {
        self.kind = kind
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let listener = listener
        let isBound = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listener, $0, length) == 0 && getsockname(listener, $0, &length) == 0
            }
        }
        guard isBound, listen(listener, 8) == 0 else { throw CocoaError(.fileReadUnknown) }
        port = Int(UInt16(bigEndian: address.sin_port))
        Thread.detachNewThread { [self] in
            while true {
                let client = accept(listener, nil, nil)
                guard client >= 0 else { return }
                serve(client)
                close(client)
            }
        }
    }

    func stop() { shutdown(listener, Int32(SHUT_RDWR)) }

    /// Answers to come, one for each transfer; without one all is well.
    func answer(_ next: String...) { answers.withLock { $0 += next } }

    var messages: [String] { heard.withLock { $0 } }

    private func next(_ usual: String) -> String { answers.withLock { $0.isEmpty ? usual : $0.removeFirst() } }

    private func serve(_ client: Int32) {
        guard let stream = fdopen(dup(client), "r") else { return }
        defer { fclose(stream) }
        func say(_ text: String) { _ = text.withCString { write(client, $0, strlen($0)) } }
        func line() -> String? {
            var buffer = [CChar](repeating: 0, count: 4096)
            guard fgets(&buffer, Int32(buffer.count), stream) != nil else { return nil }
            return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        }
        switch kind {
        case .hook:
            var count = 0
            while let header = line(), header != "\r\n" {
                if header.lowercased().hasPrefix("content-length:") {
                    count = Int(header.dropFirst(15).trimmingCharacters(in: .whitespacesAndNewlines)) ?? 0
                }
            }
            var body = [UInt8](repeating: 0, count: count)
            _ = fread(&body, 1, count, stream)
            heard.withLock { $0.append(String(decoding: body, as: UTF8.self)) }
            let (status, answer) = (next("200"), #"{"errcode":0}"#)
            let text = status == "refused" ? #"{"errcode":93000}"# : answer
            say(
                "HTTP/1.1 \(Int(status) ?? 200) X\r\nContent-Length: \(text.utf8.count)\r\nConnection: close\r\n\r\n\(text)"
            )
        case .mail:
            say("220 test\r\n")
            var (message, envelope) = ("", "")
            while let command = line() {
                let verb = command.prefix(4).uppercased()
                if verb == "MAIL" || verb == "RCPT" { envelope += command }
                if verb == "QUIT" {
                    say("221 bye\r\n")
                    break
                }
                guard verb == "DATA" else {
                    say("250 ok\r\n")
                    continue
                }
                say("354 go on\r\n")
                while let part = line(), part != ".\r\n" { message += part }
                heard.withLock { $0.append(envelope + message) }
                say(next("250 taken") + "\r\n")
            }
        }
    }
}
