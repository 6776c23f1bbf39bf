/// Names for what is made from each of several sheets: the sheet's own without its last ending, numbered where another
/// sheet has it already.
struct SheetNames {
    private(set) var stems: [String] = []

    init(_ paths: [String]) {
        // File systems may take A.xlsx and a.xlsx for one.
        var used: Set<String> = []
        for path in paths {
            let stem = Self.stem(of: path)
            var candidate = stem
            var number = 2
            while !used.insert(candidate.lowercased()).inserted {
                candidate = "\(stem)-\(number)"
                number += 1
            }
            stems.append(candidate)
        }
    }

    private static func stem(of path: String) -> String {
        let name = path.split(separator: "/").last.map(String.init) ?? path
        guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return name }
        return String(name[..<dot])
    }
}
