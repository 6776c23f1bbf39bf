import HTTPTypes
import Hummingbird

/// `If-None-Match`, `Accept` and `Accept-Encoding` (RFC 9110 §8.8.3.2, §12.5).
extension Request {
    /// Whether what the client holds is still right. Tags are compared weakly: a proxy that compresses weakens them.
    package func holds(_ tag: String) -> Bool {
        headers[values: .ifNoneMatch].flatMap { $0.split(separator: ",") }.contains { entry in
            let entry = entry.trimmingBlanks
            return entry == "*" || Self.opaque(entry) == Self.opaque(tag[...])
        }
    }

    private static func opaque(_ tag: Substring) -> Substring { tag.hasPrefix("W/") ? tag.dropFirst(2) : tag }

    /// 0…1: how much the client wants one of the names, of which the most exact that it mentions counts.
    ///
    /// - Parameter names: from the most exact, such as `text/html`, `text/*`, `*/*`.
    /// - Returns: nil when it mentions none of them.
    package func preference(in field: HTTPField.Name, for names: [String]) -> Double? {
        let entries = headers[values: field].flatMap { $0.split(separator: ",") }.map { entry in
            let parts = entry.split(separator: ";").map { $0.trimmingBlanks.lowercased() }
            let weight = parts.dropFirst().first { $0.hasPrefix("q=") }.map { Double($0.dropFirst(2)) ?? 0 }
            return (name: parts.first ?? "", weight: min(1, max(0, weight ?? 1)))
        }
        for name in names {
            if let entry = entries.first(where: { $0.name == name }) { return entry.weight }
        }
        return nil
    }

    /// RFC 1952, for what is compressed once and sent many times.
    package var acceptsGzip: Bool {
        // As browsers say it: named first, and without a weight.
        let first = headers.first { $0.name == .acceptEncoding }?.value
        if let first, first == "gzip" || first.hasPrefix("gzip,") { return true }
        return preference(in: .acceptEncoding, for: ["gzip", "x-gzip", "*"]) ?? 0 > 0
    }
}

extension Substring {
    fileprivate var trimmingBlanks: Substring {
        var text = drop { $0 == " " || $0 == "\t" }
        while text.last == " " || text.last == "\t" { text = text.dropLast() }
        return text
    }
}
