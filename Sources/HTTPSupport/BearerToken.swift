import HTTPTypes
import Hummingbird

extension Request {
    private static let longestToken = 200

    /// What stands behind `Bearer` (RFC 6750 §2.1), whose case does not count (RFC 9110 §11.1). Nil without one.
    package var bearerToken: Substring? {
        guard let header = headers[.authorization] else { return nil }
        let parts = header.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == "bearer" else { return nil }
        let token = parts[1].drop { $0 == " " }
        return (1...Self.longestToken).contains(token.utf8.count) ? token : nil
    }
}
