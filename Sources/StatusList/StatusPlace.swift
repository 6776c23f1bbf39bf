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
        let marker = "/status/"
        guard uri.hasPrefix("https://"), let slash = uri.dropFirst(8).firstIndex(of: "/"),
            uri[slash...].hasPrefix(marker)
        else { return nil }
        let digits = uri[slash...].dropFirst(marker.count)
        guard let number = Int(digits), number >= 1, String(number) == digits else { return nil }
        return number
    }
}
