/// Names of files that every system takes: Windows refuses some characters, dots at the end, and devices.
package enum DocumentName {
    /// Long enough for a number and a name, short enough for a path on Windows.
    private static let maximumCharacters = 80
    private static let refused = Set("<>:\"/\\|?*,;'")
    private static let devices: Set<String> = Set(
        ["con", "prn", "aux", "nul"] + (1...9).flatMap { ["com\($0)", "lpt\($0)"] })

    /// Such as `Y000037000001263000042-王小明.pdf`.
    package static func pdf(number: String, holder: String, serial: Int) -> String {
        let print = serial > 1 ? "-\(serial)" : ""
        return safe("\(number)-\(holder)") + print + ".pdf"
    }

    package static func safe(_ text: String) -> String {
        var name = String(
            text.unicodeScalars.map { scalar in
                scalar.value < 0x20 || scalar.value == 0x7F || refused.contains(Character(scalar))
                    ? "_" : Character(scalar)
            }.prefix(maximumCharacters))
        while let last = name.last, last == "." || last == " " { name.removeLast() }
        while name.first == " " || name.first == "." { name.removeFirst() }
        if name.isEmpty || devices.contains(name.lowercased().prefix { $0 != "." }.lowercased()) { name = "_" + name }
        return name
    }
}
