import Encodings
import HTTPTypes
import Hummingbird
import Signing

/// The cookies of the portal. The prefix `__Host-` keeps other hosts and paths from setting them (RFC 6265bis §4.1.3.2).
enum Cookies {
    static let session = "__Host-signet-staff"
    /// Ties a passkey's challenge, and forms before sign-in, to one browser.
    static let browser = "__Host-signet-browser"
    static let language = "__Host-signet-language"

    /// Nil when there is none, or two of the name.
    static func value(_ name: String, in request: Request) -> String? {
        let pairs = request.headers[values: .cookie].flatMap { $0.split(separator: ";") }.map { $0.trimmingSpaces }
        let found = pairs.filter { $0.hasPrefix(name + "=") }
        guard found.count == 1, let value = found.first?.dropFirst(name.count + 1), !value.isEmpty,
            value.utf8.count <= 100
        else { return nil }
        return String(value)
    }

    static func setting(_ name: String, to value: String, seconds: Int? = nil) -> String {
        "\(name)=\(value); Path=/; Secure; HttpOnly; SameSite=Lax" + (seconds.map { "; Max-Age=\($0)" } ?? "")
    }

    static func ending(_ name: String) -> String { setting(name, to: "", seconds: 0) }

    /// What a form must bring along, from a secret that only this browser's cookie has.
    static func formToken(_ secret: String) throws -> String {
        let key = try SHA256.digest(secret.utf8)
        return Base64URL.encode(try HMACSHA256(key: key).authenticationCode(for: Array("signet portal form".utf8)))
    }
}

extension Substring {
    fileprivate var trimmingSpaces: Substring { drop { $0 == " " } }
}
