import Credential

/// Which columns of a table say what is to be checked.
struct ColumnRoles {
    private(set) var seal: Int?
    private(set) var number: Int?
    private(set) var name: Int?
    private(set) var lastSix: Int?

    private enum Role { case seal, number, name, lastSix }

    /// As people and programs head them, without spaces and in lower case.
    private static let names: [String: Role] = {
        let groups: [(Role, [String])] = [
            (.seal, ["二维码内容", "二维码", "证书二维码", "二维码文本", "qr", "qrtext", "qrcode", "seal"]),
            (.number, ["证书编号", "编号", "证书号", "证书号码", "number", "certificatenumber", "certificateno"]),
            (.name, ["姓名", "持证人", "持证人姓名", "name", "holder", "holdername", "fullname"]),
            (.lastSix, ["证件号后六位", "证件号码后六位", "身份证后六位", "身份证号后六位", "idlastsix", "lastsix"]),
        ]
        return Dictionary(uniqueKeysWithValues: groups.flatMap { role, names in names.map { ($0, role) } })
    }()

    init(header: [String]) {
        for (column, title) in header.enumerated() {
            switch Self.role(of: title) {
            case .seal: seal = seal ?? column
            case .number: number = number ?? column
            case .name: name = name ?? column
            case .lastSix: lastSix = lastSix ?? column
            case nil: continue
            }
        }
    }

    /// A list of QR texts in this column and nothing above it.
    init(sealColumn: Int) { seal = sealColumn }

    /// Whether rows can be checked by these columns.
    var suffice: Bool { seal != nil || number != nil && (name != nil || lastSix != nil) }

    func question(_ cells: [String]) -> BulkRow.Question {
        func cell(_ column: Int?) -> String { column.map { cells[$0] } ?? "" }
        let (number, name, lastSix) = (cell(number), cell(name), cell(lastSix))
        if case let text = cell(seal), !text.isEmpty {
            return .seal(text, stated: StatedHolder(number: number, name: name))
        }
        guard !number.isEmpty else { return .impossible(.nothingToCheck) }
        guard let number = try? CertificateNumber(written: number) else { return .impossible(.malformedNumber) }
        if (1...200).contains(name.utf8.count) {
            return .number(NumberQuestion(number: number, holder: .name(name)))
        }
        guard lastSix.utf8.count == 6 else { return .impossible(.nothingToCheck) }
        return .number(NumberQuestion(number: number, holder: .lastSix(lastSix.uppercased())))
    }

    private static func role(of title: String) -> Role? {
        let ignored: Set<Character> = [" ", "_", "-", "　", "\u{FEFF}", "\""]
        return names[title.lowercased().filter { !ignored.contains($0) }]
    }
}
