import HTTPSupport

/// What a form sent (`application/x-www-form-urlencoded`, WHATWG URL §5.1), read strictly.
struct Form: Sendable {
    static let mostBytes = 1 << 18
    private static let mostFields = 400

    private let fields: [(name: String, value: String)]
    /// Of a form that brings one.
    let file: MultipartForm.File?

    static let empty = Form(fields: [], file: nil)

    private init(fields: [(name: String, value: String)], file: MultipartForm.File?) {
        (self.fields, self.file) = (fields, file)
    }

    init(_ form: MultipartForm) { self.init(fields: form.fields, file: form.file) }

    /// Nil for what no browser sends of our forms: broken escapes, no UTF-8, a NUL, too many fields.
    init?(_ bytes: [UInt8]) {
        guard bytes.count <= Self.mostBytes else { return nil }
        let parts = bytes.split(separator: UInt8(ascii: "&"), omittingEmptySubsequences: true)
        guard parts.count <= Self.mostFields else { return nil }
        var fields: [(name: String, value: String)] = []
        for part in parts {
            let halves = part.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = halves.first.flatMap(Self.text), let value = Self.text(halves.dropFirst().first ?? [])
            else {
                return nil
            }
            fields.append((name, value))
        }
        self.init(fields: fields, file: nil)
    }

    /// All whose names begin so, without that.
    func all(prefix: String) -> [(name: Substring, value: String)] {
        fields.filter { $0.name.hasPrefix(prefix) }.map { ($0.name.dropFirst(prefix.count), $0.value) }
    }

    /// The first of the name; empty when there is none.
    subscript(_ name: String) -> String { fields.first { $0.name == name }?.value ?? "" }

    /// Each once, in their order.
    func names(withPrefix prefix: String) -> [String] {
        var seen: Set<String> = []
        return fields.map(\.name).filter { $0.hasPrefix(prefix) && seen.insert($0).inserted }
    }

    func all(_ name: String) -> [String] { fields.filter { $0.name == name }.map(\.value) }

    private static func text(_ bytes: ArraySlice<UInt8>) -> String? {
        var decoded: [UInt8] = []
        decoded.reserveCapacity(bytes.count)
        var rest = bytes
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "+"): decoded.append(UInt8(ascii: " "))
            case UInt8(ascii: "%"):
                guard let high = rest.popFirst().flatMap(digit), let low = rest.popFirst().flatMap(digit) else {
                    return nil
                }
                decoded.append(high << 4 | low)
            default: decoded.append(byte)
            }
        }
        guard !decoded.contains(0) else { return nil }
        return String(validating: decoded, as: UTF8.self)
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        default: nil
        }
    }
}
