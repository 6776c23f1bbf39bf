/// A field of work: what decides which occupations a college offers, who studies them, and where.
enum FieldOfWork: Sendable {
    case machinery, electrical, transport, computing, commerce, care, catering, farming, laboratory

    /// The department (院系) that teaches it.
    var department: String {
        switch self {
        case .machinery: "智能制造学院"
        case .electrical: "电气工程学院"
        case .transport: "交通工程学院"
        case .computing: "信息工程学院"
        case .commerce: "经济管理学院"
        case .care: "健康与教育学院"
        case .catering: "旅游与烹饪学院"
        case .farming: "现代农业学院"
        case .laboratory: "化学与制药学院"
        }
    }

    var womenPerMille: Int {
        switch self {
        case .machinery: 110
        case .electrical: 170
        case .transport: 180
        case .computing: 390
        case .commerce: 640
        case .care: 860
        case .catering: 520
        case .farming: 430
        case .laboratory: 610
        }
    }
}
