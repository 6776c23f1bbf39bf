import Credential

/// An occupation as the classification has it for a time, with its specialisations.
package struct OccupationEntry: Hashable, Sendable {
    package let occupation: Occupation
    package let specialisations: [String]
    package let from: CalendarDate
    /// The last day included; nil while it holds.
    package let to: CalendarDate?
    /// The code under which it goes on after `to`; nil when it does not, or under its own.
    package let successorCode: String?

    package init(
        occupation: Occupation, specialisations: [String], from: CalendarDate, to: CalendarDate?, successorCode: String?
    ) {
        self.occupation = occupation
        self.specialisations = specialisations
        self.from = from
        self.to = to
        self.successorCode = successorCode
    }
}

/// results.md, 43, 44: what a name or code that is not filed may stand for.
package struct OccupationRegister: Sendable {
    package enum Answer: Hashable, Sendable {
        /// An earlier name or code; this is what it was called on the day asked for.
        case former(Occupation)
        case specialisation(String, of: Occupation)
        /// Names a specialisation of more than one occupation, or nothing that is known.
        case unknown
    }

    private var byCode: [String: [OccupationEntry]] = [:]
    private var byName: [WrittenName: [OccupationEntry]] = [:]
    private var bySpecialisation: [WrittenName: [OccupationEntry]] = [:]

    package init(_ entries: [OccupationEntry] = []) {
        for entry in entries {
            byCode[entry.occupation.code, default: []].append(entry)
            byName[WrittenName(entry.occupation.name), default: []].append(entry)
            for name in entry.specialisations { bySpecialisation[WrittenName(name), default: []].append(entry) }
        }
    }

    /// Either `code` or `name` may be empty.
    package func find(code: String, name: String, on day: CalendarDate) -> Answer {
        let former = (code.isEmpty ? [] : byCode[code] ?? []) + (name.isEmpty ? [] : byName[WrittenName(name)] ?? [])
        let present = Set(former.compactMap { current(of: $0, on: day) })
        if present.count == 1, let occupation = present.first, occupation.code != code || occupation.name != name {
            return .former(occupation)
        }
        let parents = Set((bySpecialisation[WrittenName(name)] ?? []).filter { $0.holds(on: day) }.map(\.occupation))
        if parents.count == 1, let parent = parents.first, code.isEmpty || code == parent.code {
            return .specialisation(name, of: parent)
        }
        return .unknown
    }

    /// What an entry is called on a day: itself, or what came after it.
    private func current(of entry: OccupationEntry, on day: CalendarDate) -> Occupation? {
        var entry = entry
        // Each step leads to a later entry; more than a few were never seen.
        for _ in 0..<10 {
            if entry.holds(on: day) { return entry.occupation }
            let code = entry.successorCode ?? entry.occupation.code
            let later = (byCode[code] ?? []).filter { $0.from > entry.from }.sorted { $0.from < $1.from }
            guard let next = later.first(where: { $0.holds(on: day) }) ?? later.first else { return nil }
            entry = next
        }
        return nil
    }
}

extension OccupationEntry {
    fileprivate func holds(on day: CalendarDate) -> Bool { from <= day && to.map { day <= $0 } ?? true }
}

/// A name as compared: brackets and spaces are written in many ways.
struct WrittenName: Hashable {
    let text: String

    init(_ name: String) {
        var kept = String.UnicodeScalarView()
        for scalar in name.unicodeScalars {
            switch scalar.value {
            case 0x20, 0x3000: continue
            case 0xFF01...0xFF5E: kept.append(Unicode.Scalar(UInt8(scalar.value - 0xFEE0)))
            default: kept.append(scalar)
            }
        }
        text = String(kept)
    }
}
