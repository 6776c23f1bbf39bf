import Encodings
import Store

enum StatementText {
    /// What an officer compares before approving.
    static func line(_ statement: BatchStatement, photoCount: Int?) -> String {
        let parts = DocumentLook.Part.allCases.map { part in
            let digest =
                statement.look.parts[part].map { String(Hex.encode($0).prefix(8)) } ?? spoken(zh: "无", en: "none")
            guard part == .photos, let photoCount, photoCount > 0 else { return "\(name(of: part)) \(digest)" }
            return "\(photoCount.grouped) \(spoken(zh: "张照片", en: "photos")) \(digest)"
        }
        return
            spoken(
                zh: "发证日期 \(statement.awardDate)，密钥 \(statement.key)，登记第 \(statement.registryVersion) 版，",
                en: "dated \(statement.awardDate), key \(statement.key), registry \(statement.registryVersion), ")
            + parts.joined(separator: spoken(zh: "，", en: ", "))
    }

    private static func name(of part: DocumentLook.Part) -> String {
        let chinese =
            switch part {
            case .template: "版式"
            case .sealImage: "印章"
            case .pictures: "图片"
            case .fonts: "字体"
            case .photos: "照片"
            }
        return spoken(zh: chinese, en: part.rawValue)
    }
}
