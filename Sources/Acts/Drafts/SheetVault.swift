import PersonalData
import Signing
import Store

/// Texts of sheets as the store keeps them: encrypted, each bound to its sheet and place.
struct SheetVault {
    private let protector: IdentityProtector

    init(_ keys: DataKeys) throws(SigningError) { protector = try IdentityProtector(keys) }

    /// Keyed, as a small sheet has little that is unknown beside an identity number.
    func digest(ofFile bytes: [UInt8]) throws(SigningError) -> [UInt8] {
        try protector.keyedHash(of: Array("sheet file|".utf8) + SHA256.digest(bytes))
    }

    func seal(_ text: String, _ label: String) throws(SigningError) -> [UInt8] {
        try protector.seal(Array(text.utf8), label: Array("sheet \(label)".utf8))
    }

    func open(_ box: [UInt8], _ label: String) throws -> String {
        String(decoding: try protector.open(box, label: Array("sheet \(label)".utf8)), as: UTF8.self)
    }

    /// A file's name is sealed before its sheet has a number.
    static func label(ofNameWith digest: [UInt8]) -> String {
        "name \(digest.map { String($0) }.joined(separator: "."))"
    }

    static func label(of place: CellPlace, version: Int, in sheet: SheetID) -> String {
        "\(sheet.value)|edit \(version) of \(place.table) \(place.row) \(place.column ?? -1)"
    }

    static func label(ofAnswerTo rule: String, in sheet: SheetID) -> String { "\(sheet.value)|answer to \(rule)" }
}
