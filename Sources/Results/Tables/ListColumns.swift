/// Which columns of a list say what certificates are asked about.
package struct ListColumns: Equatable, Sendable {
    package private(set) var seal: Int?
    package private(set) var number: Int?
    package private(set) var name: Int?
    package private(set) var lastSix: Int?

    private enum Role { case seal, number, name, lastSix }

    /// As people and programs head them, the most exact first: 证书编号 beside 编号 is the number, and 编号 a sequence.
    private static let titles: [(role: Role, titles: [String])] = [
        (.seal, ["二维码内容", "证书二维码", "二维码文本", "二维码链接", "二维码", "qrtext", "qrcode", "qr", "seal", "link", "链接"]),
        (
            .number,
            [
                "证书编号", "职业技能等级证书编号", "技能等级证书编号", "证书号码", "证书号", "证书编码", "certificatenumber",
                "certificateno", "certificateno.", "certno", "number", "编号", "no",
            ]
        ),
        (
            .name,
            [
                "持证人姓名", "持证人", "姓名", "考生姓名", "学生姓名", "员工姓名", "holdername", "holder", "fullname", "name",
                "nameofholder", "名字",
            ]
        ),
        (
            .lastSix,
            ["证件号码后六位", "证件号后六位", "身份证号后六位", "身份证后六位", "证件号后6位", "身份证后6位", "idlastsix", "lastsix"]
        ),
    ]

    /// Role and place among the titles of its role: less is more exact.
    private static let ranks: [HeaderText: (role: Role, rank: Int)] = {
        var ranks: [HeaderText: (Role, Int)] = [:]
        for (role, titles) in titles {
            for (rank, title) in titles.enumerated() { ranks[HeaderText(title)] = (role, rank) }
        }
        return ranks
    }()

    package init(header: [String]) {
        var best: [Role: (rank: Int, column: Int)] = [:]
        for (column, title) in header.enumerated() {
            guard let (role, rank) = Self.rank(of: title), rank < best[role]?.rank ?? .max else { continue }
            best[role] = (rank, column)
        }
        (seal, number) = (best[.seal]?.column, best[.number]?.column)
        (name, lastSix) = (best[.name]?.column, best[.lastSix]?.column)
    }

    /// Whether rows can be checked by these columns.
    package var suffice: Bool { seal != nil || number != nil && (name != nil || lastSix != nil) }

    private static func rank(of title: String) -> (role: Role, rank: Int)? {
        let text = HeaderText(title.filter { $0 != "-" && $0 != "\"" })
        return ranks[text] ?? text.withoutBrackets.flatMap { ranks[$0] }
    }
}
