import Errors

/// Why a document cannot be drawn. The words never repeat what it would say.
package enum DocumentProblem: Explained, Equatable {
    /// Characters that no font of the template has, such as `U+2CC56`.
    case missingGlyphs([UInt32])
    case tooLong(DocumentField?, width: Double)
    case fontMissing(String)
    case unusablePicture(String, reason: BilingualText)
    case qr(QRProblem)
    case photoNotApproved
    case libraryFailed(String)

    package var category: ErrorCategory {
        switch self {
        case .fontMissing, .libraryFailed: .library
        case .missingGlyphs, .tooLong, .unusablePicture, .qr, .photoNotApproved: .refused
        }
    }
    package var codeName: String { "document" }

    package var words: BilingualText {
        switch self {
        case .missingGlyphs(let scalars):
            BilingualText(
                zh: "模板的字体都没有 \(scalars.map(Self.name).joined(separator: "、"))；"
                    + "请在模板的字体列表中加上有此字的字体，或安装 fonts-noto-cjk",
                en: "no font of the template has \(scalars.map(Self.name).joined(separator: ", ")); "
                    + "add a font that has it to the template's lists, or install fonts-noto-cjk")
        case .tooLong(let field, let width):
            BilingualText(
                zh: "\(field.map { " {\($0.rawValue)} " } ?? "固定文字")的内容即使用最小字号也放不进 \(width) 毫米；"
                    + "请在模板中加宽其位置",
                en:
                    "the text of \(field.map { "{\($0.rawValue)}" } ?? "a fixed text") does not fit into \(width) mm, even "
                    + "at its smallest size; widen its place in the template")
        case .fontMissing(let family):
            BilingualText(
                zh: "没有安装模板中列在最前的字体 \(family)；请安装（LXGW WenKai 的软件包是 fonts-lxgw-wenkai），或改用其他字体",
                en: "the font \(family), first of its list in the template, is not installed; install it "
                    + "(fonts-lxgw-wenkai for LXGW WenKai), or name another")
        case .unusablePicture(let name, let reason):
            BilingualText(
                zh: "图片 \(name) 不能使用：\(reason.zh)", en: "the picture \(name) cannot be used: \(reason.en)")
        case .qr(let problem): problem.words
        case .photoNotApproved:
            BilingualText(
                zh: "照片不是批准时的那一张；请放回原来的照片，或按现在的样子重新批准文件",
                en:
                    "its photo is not the one that was approved; put that one back, or approve the documents as they are now"
            )
        case .libraryFailed(let reason):
            BilingualText(zh: "无法绘制文件：\(reason)", en: "the document could not be drawn: \(reason)")
        }
    }

    static func name(_ scalar: UInt32) -> String {
        let digits = String(scalar, radix: 16, uppercase: true)
        return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}
