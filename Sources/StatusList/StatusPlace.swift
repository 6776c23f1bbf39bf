/// Where a certificate's version stands: an index in a list.
package struct StatusPlace: Hashable, Sendable {
    package let list: Int
    package let index: Int

    package init(list: Int, index: Int) {
        self.list = list
        self.index = index
    }
}

/// Addresses of status lists: `https://HOST/status/N`.
package enum StatusListURI {
    package static func text(host: String, list: Int) -> String { "https://\(host)/status/\(list)" }

    /// The number of the list, when the address has the shape of ours; its host does not matter.
    package static func list(in uri: String) -> Int? {
        let scheme = "https://".utf8
        let path = "/status/".utf8
        guard uri.utf8.starts(with: scheme) else { return nil }
        let rest = uri.utf8.dropFirst(scheme.count).drop { $0 != UInt8(ascii: "/") }
        guard rest.starts(with: path) else { return nil }
        let digits = rest.dropFirst(path.count)
        // The one spelling of a number: no sign, no zero in front.
        guard let first = digits.first, (UInt8(ascii: "1")...UInt8(ascii: "9")).contains(first) else { return nil }
        // bounded: nil where it does not fit.
        return Int(Substring(digits))
    }
}
