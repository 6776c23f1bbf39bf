/// A column that means something to the reader.
package enum Field: Int, Sendable, CaseIterable {
    case serial, institutionCode, institutionName, name, sex, documentKind, documentNumber, studentNumber
    case department, major, admissionTicket, occupationName, occupationCode, specialisation, level
    case theory, skill, review, statedOutcome, examDate, remark, attemptKind

    /// What a sheet cannot do without. Of occupation name and code either one is enough.
    static let required: [Field] = [.name, .documentNumber, .level, .theory, .skill, .examDate]

    /// 49: whether a merged cell of it means the same for each row, as it does for a class's major.
    var maySpanRows: Bool {
        switch self {
        case .institutionCode, .institutionName, .department, .major, .occupationName, .occupationCode, .specialisation,
            .level, .examDate, .documentKind:
            true
        default: false
        }
    }

    /// The header to recommend.
    package var header: String { aliases[0] }

    /// The headers understood, the recommended one first, compared as ``HeaderText`` has them.
    package var aliases: [String] {
        switch self {
        case .serial: ["序号", "编号", "行号", "no", "no.", "#", "serial", "serial number", "index"]
        case .institutionCode: ["机构代码", "评价机构代码", "院校代码", "学校代码", "institution code", "institution id"]
        case .institutionName: ["机构名称", "评价机构", "评价机构名称", "学校", "学校名称", "院校名称", "institution", "institution name"]
        case .name: ["姓名", "考生姓名", "学生姓名", "名字", "name", "full name", "candidate", "candidate name"]
        case .sex: ["性别", "sex", "gender"]
        case .documentKind:
            ["证件类型", "证件类别", "证件种类", "身份证件类型", "document type", "id type", "document kind"]
        case .documentNumber:
            [
                "证件号码", "证件号", "身份证号", "身份证号码", "身份证件号码", "公民身份号码", "居民身份证号码", "id number",
                "identity number", "document number", "id no", "id no.", "id card number",
            ]
        case .studentNumber: ["学号", "学生编号", "学籍号", "student number", "student id", "student no", "student no."]
        case .department: ["院系", "系部", "二级学院", "学院", "院(系)", "所在院系", "department", "school", "faculty"]
        case .major: ["专业", "专业名称", "所学专业", "major", "programme", "program"]
        case .admissionTicket:
            ["准考证号", "准考证号码", "准考证", "admission ticket", "admission number", "ticket number", "exam number"]
        case .occupationName:
            ["职业名称", "职业", "职业(工种)", "职业(工种)名称", "申报职业", "鉴定职业", "occupation", "occupation name"]
        case .occupationCode: ["职业编码", "职业代码", "职业编号", "occupation code"]
        case .specialisation:
            ["工种/职业方向", "职业方向", "工种", "工种名称", "职业方向/工种", "specialisation", "specialization"]
        case .level: ["级别", "等级", "技能等级", "职业技能等级", "申报级别", "申报等级", "鉴定级别", "level", "skill level", "grade"]
        case .theory:
            [
                "理论成绩", "理论", "理论知识", "理论知识成绩", "理论考试成绩", "理论分数", "成绩(理论)", "theory", "theory score",
                "theoretical score", "knowledge score",
            ]
        case .skill:
            [
                "实操成绩", "实操", "技能", "技能成绩", "操作技能", "操作技能成绩", "技能操作成绩", "技能考核成绩", "实操考核成绩", "实操分数",
                "实际操作成绩", "实践成绩", "成绩(实操)", "成绩(技能)", "skill", "skill score", "skills", "practical", "practical score",
                "practice score",
            ]
        case .review:
            ["综合评审", "综合评审成绩", "综合成绩", "评审成绩", "review", "review score", "comprehensive review"]
        case .statedOutcome:
            ["评定成绩", "评定结果", "评定", "评价结果", "是否合格", "结果", "鉴定结果", "outcome", "result", "stated outcome"]
        case .examDate: ["考试日期", "考核日期", "评价日期", "鉴定日期", "考试时间", "exam date", "date of exam", "examination date"]
        case .attemptKind: ["考试类型", "考试性质", "考核类型", "考试类别", "exam type", "attempt", "attempt type"]
        case .remark: ["备注", "说明", "remark", "remarks", "note", "notes", "comment"]
        }
    }
}
