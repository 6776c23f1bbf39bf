/// A rung of the ladder of skill levels (职业技能等级).
///
/// The raw value is the number in the level's Chinese name where it has one (三级 is 3) and is
/// what seals carry. The rungs outside the classic five belong to the newer eight-grade ladder.
package enum SkillLevel: Int, Sendable, CaseIterable, Hashable {
    case apprentice = 6
    case juniorWorker = 5
    case intermediateWorker = 4
    case seniorWorker = 3
    case technician = 2
    case seniorTechnician = 1
    case specialTechnician = 0
    case chiefTechnician = -1

    /// The words printed on the certificate, such as `三级/高级工`.
    package var printedName: String {
        switch self {
        case .apprentice: "学徒工"
        case .juniorWorker: "五级/初级工"
        case .intermediateWorker: "四级/中级工"
        case .seniorWorker: "三级/高级工"
        case .technician: "二级/技师"
        case .seniorTechnician: "一级/高级技师"
        case .specialTechnician: "特级技师"
        case .chiefTechnician: "首席技师"
        }
    }

    package var englishName: String {
        switch self {
        case .apprentice: "Apprentice"
        case .juniorWorker: "Level 5 / Junior Worker"
        case .intermediateWorker: "Level 4 / Intermediate Worker"
        case .seniorWorker: "Level 3 / Senior Worker"
        case .technician: "Level 2 / Technician"
        case .seniorTechnician: "Level 1 / Senior Technician"
        case .specialTechnician: "Special-Grade Technician"
        case .chiefTechnician: "Chief Technician"
        }
    }

    /// Levels 2 and 1 add a comprehensive review to theory and skill.
    package var requiresReview: Bool { self == .technician || self == .seniorTechnician }
}
