import Credential
import Errors
import Spreadsheets

/// results.md, 9–17, 20: identity documents.
enum DocumentRule {
    struct Reading {
        let document: IdentityDocument
        /// What the number itself says, of the kinds whose numbers do.
        let resident: ResidentIDNumber?
    }

    /// - Returns: nil after a finding when it cannot be accepted.
    static func read(_ cell: RawCell, kind: IdentityDocument.Kind, _ findings: inout RowFindings) -> Reading? {
        cell.withText(.code) { text in
            guard !text.isEmpty else {
                findings.add(.missingValue, .documentNumber)
                return nil
            }
            guard cell.kind != .number else {
                findings.add(.idNumberCell, .documentNumber, text)
                return nil
            }
            findings.addMending(.documentNumber, text)
            let number = canonical(text, &findings)
            if isScientific(number) {
                findings.add(.idScientific, .documentNumber, text)
                return nil
            }
            switch accept(number, as: kind) {
            case .success(let reading): return reading
            case .failure(let refusal):
                findings.add(refusal.rule, .documentNumber, text)
                return nil
            }
        }
    }

    private struct Refusal: Error { let rule: Rule }

    /// Capitals, and no spaces between groups of digits.
    private static func canonical(_ text: CellText, _ findings: inout RowFindings) -> String {
        guard text.bytes.contains(where: { $0 == Byte.space || (0x61...0x7A).contains($0) }) else { return text.string }
        let solid = text.string.filter { $0 != " " }
        if solid.utf8.count < text.bytes.count, !text.mending.contains(.spaces) {
            findings.add(.spacesRemoved, .documentNumber, text)
        }
        let capitals = solid.uppercased()
        if capitals != solid, !isScientific(capitals) { findings.add(.lowerCaseMended, .documentNumber, text) }
        return capitals
    }

    /// Such as `3.70702E+17`.
    private static func isScientific(_ number: String) -> Bool {
        guard number.utf8.contains(UInt8(ascii: "E")) else { return false }
        let parts = number.split(separator: "E", omittingEmptySubsequences: false)
        guard parts.count == 2, let first = parts[0].utf8.first, (Byte.zero...Byte.nine).contains(first) else {
            return false
        }
        let exponent = parts[1].drop { $0 == "+" || $0 == "-" }
        return parts[0].allSatisfy { "0123456789.".contains($0) } && (1...3).contains(exponent.utf8.count)
            && exponent.allSatisfy { "0123456789".contains($0) }
    }

    private static func accept(_ number: String, as kind: IdentityDocument.Kind) -> Result<Reading, Refusal> {
        switch kind {
        case .residentIDCard, .residencePermitHKMT: return acceptResident(number, as: kind)
        case .foreignPermanentResidence: return accept(number, as: kind, if: isForeignResidence(number))
        case .passport: return accept(number, as: kind, if: isPassport(number))
        }
    }

    private static func accept(
        _ number: String, as kind: IdentityDocument.Kind, if fits: Bool
    ) -> Result<Reading, Refusal> {
        guard fits else { return .failure(Refusal(rule: .documentMismatch)) }
        return .success(Reading(document: IdentityDocument(kind: kind, number: number), resident: nil))
    }

    private static func acceptResident(
        _ number: String, as kind: IdentityDocument.Kind
    ) -> Result<Reading, Refusal> {
        do throws(ResidentIDNumber.Problem) {
            let resident = try ResidentIDNumber(number)
            let fits = kind == .residencePermitHKMT ? isResidencePermit(number) : !resident.isResidencePermit
            guard fits else { return .failure(Refusal(rule: .documentMismatch)) }
            return .success(Reading(document: IdentityDocument(kind: kind, number: number), resident: resident))
        } catch {
            return .failure(Refusal(rule: rule(for: error, number)))
        }
    }

    private static func rule(for problem: ResidentIDNumber.Problem, _ number: String) -> Rule {
        switch problem {
        case .length where number.utf8.count == 15 && number.utf8.allSatisfy { (Byte.zero...Byte.nine).contains($0) }:
            .idFifteenDigits
        case .length, .character: .documentMismatch
        case .checksum where number.hasSuffix("000"): .idDigitsLost
        case .checksum: number.utf8.first == Byte.nine ? .documentMismatch : .idChecksum
        case .area: number.utf8.first == Byte.nine ? .documentMismatch : .idDate
        case .birthDate, .sequence: .idDate
        }
    }

    private static func isResidencePermit(_ number: String) -> Bool {
        ["810000", "820000", "830000"].contains { number.hasPrefix($0) }
    }

    /// 18 digits from 9 on (the last may be X), or three letters and twelve digits.
    private static func isForeignResidence(_ number: String) -> Bool {
        let bytes = Array(number.utf8)
        let isDigit: (UInt8) -> Bool = { (Byte.zero...Byte.nine).contains($0) }
        switch bytes.count {
        case 18:
            return bytes[0] == Byte.nine && bytes.dropLast().allSatisfy(isDigit)
                && (isDigit(bytes[17]) || bytes[17] == UInt8(ascii: "X"))
        case 15:
            return bytes.prefix(3).allSatisfy { (0x41...0x5A).contains($0) } && bytes.dropFirst(3).allSatisfy(isDigit)
        default: return false
        }
    }

    /// Free form; long enough to be one, and no identity number in the wrong place.
    private static func isPassport(_ number: String) -> Bool {
        let isSound = number.utf8.allSatisfy { (Byte.zero...Byte.nine).contains($0) || (0x41...0x5A).contains($0) }
        return isSound && (5...15).contains(number.utf8.count)
    }
}
