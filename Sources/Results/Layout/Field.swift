/// A column that means something to the reader.
package enum Field: Int, Sendable, CaseIterable {
    case serial, institutionCode, institutionName, name, sex, documentKind, documentNumber, studentNumber
    case department, major, admissionTicket, occupationName, occupationCode, specialisation, level
    case theory, skill, review, statedOutcome, examDate, remark, attemptKind

    /// What a sheet cannot do without. Of occupation name and code either one is enough.
    static let required: [Field] = [.name, .documentNumber, .level, .theory, .skill, .examDate]

    /// results.md, 49: whether a merged cell of it means the same for each row, as it does for a class's major.
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
        case .serial: ["序号", "编号", "行号", "序", "流水号", "顺序号", "no", "no.", "#", "serial", "serial number", "index"]
        case .institutionCode:
            [
                "机构代码", "评价机构代码", "院校代码", "学校代码", "机构编码", "机构编号", "评价机构编码", "评价机构编号", "单位代码", "institution code",
                "organisation code", "organization code", "institution id",
            ]
        case .institutionName:
            [
                "机构名称", "评价机构", "评价机构名称", "学校", "学校名称", "院校名称", "院校", "单位名称", "认定机构", "认定机构名称", "机构", "institution",
                "organisation", "organization", "institution name",
            ]
        case .name:
            [
                "姓名", "考生姓名", "学生姓名", "名字", "学员姓名", "参评人员", "参评人员姓名", "name", "student name", "full name", "candidate",
                "candidate name",
            ]
        case .sex: ["性别", "男/女", "sex", "gender"]
        case .documentKind:
            [
                "证件类型", "证件类别", "证件种类", "身份证件类型", "证件名称", "身份证类型", "document type", "type of document", "type of id",
                "id type", "document kind",
            ]
        case .documentNumber:
            [
                "证件号码", "证件号", "身份证", "身份证件号", "证件编号", "居民身份证", "居民身份证号", "公民身份证号码", "公民身份证号", "身份证号", "身份证号码",
                "身份证件号码", "公民身份号码", "居民身份证号码", "id number",
                "identity number", "document number", "id no", "id no.", "id card number", "id card", "id card no",
                "id card no.",
                "identification number", "identity card number", "national id", "document no", "document no.",
            ]
        case .studentNumber:
            [
                "学号", "学生编号", "学籍号", "学生学号", "学员编号", "student number", "student code", "student id", "student no",
                "student no.",
            ]
        case .department:
            [
                "院系", "系部", "二级学院", "学院", "院(系)", "所在院系", "院系名称", "系", "系别", "院部", "学部", "教学系部", "所属院系", "学院名称", "所在学院",
                "院系部", "department", "college", "school", "faculty",
            ]
        case .major:
            [
                "专业", "专业名称", "所学专业", "学习专业", "就读专业", "专业(方向)", "major", "speciality", "specialty", "programme",
                "program",
            ]
        case .admissionTicket:
            [
                "准考证号", "准考证号码", "准考证", "准考号", "考号", "考生号", "考生编号", "考试号", "admission ticket",
                "admission ticket number", "admission ticket no", "admission ticket no.", "admission number",
                "ticket number", "exam number",
            ]
        case .occupationName:
            [
                "职业名称", "职业", "职业(工种)", "职业(工种)名称", "申报职业", "鉴定职业", "认定职业", "评价职业", "报考职业", "考核职业",
                "职业工种", "职业/工种", "职业(工种、方向)", "认定职业名称", "鉴定职业名称", "申报职业名称", "评价职业名称", "认定职业(工种)", "申报职业(工种)",
                "鉴定职业(工种)",
                "occupation", "occupation name", "occupation title", "occupational title",
            ]
        case .occupationCode:
            [
                "职业编码", "职业代码", "职业编号", "职业(工种)编码", "职业(工种)代码", "认定职业编码", "申报职业编码", "occupation code", "occupation no",
                "occupation id",
            ]
        case .specialisation:
            [
                "工种/职业方向", "职业方向", "工种", "工种名称", "职业方向/工种", "工种/方向", "工种方向", "方向", "工种(职业方向)", "职业方向(工种)", "专业方向",
                "specialisation", "work type", "specialization",
            ]
        case .level:
            [
                "级别", "等级", "技能等级", "认定等级", "认定级别", "评价等级", "评价级别", "鉴定等级", "报考等级", "报考级别", "考核等级", "考核级别", "职业等级",
                "职业资格等级", "技能级别", "等级级别", "技能人才等级", "申请等级", "申请级别", "参评等级", "职业技能级别", "职业技能等级", "申报级别", "申报等级", "鉴定级别",
                "level", "skill level", "grade", "level of skill",
            ]
        case .theory:
            [
                "理论成绩", "理论", "理论知识", "理论知识成绩", "理论考试成绩", "理论分数", "成绩(理论)", "理论考试", "理论考核", "理论考核成绩", "理论知识考试",
                "理论知识考试成绩", "理论得分", "理论知识得分", "理论知识分数", "理论知识考核成绩", "理论知识考核", "理论分", "笔试成绩", "机考成绩", "理论机考成绩", "理论卷面成绩",
                "theory", "theory result", "theory score",
                "theoretical score", "knowledge score", "theory mark", "theory marks", "theory exam", "theoretical",
                "theory test", "written score", "theory grade",
            ]
        case .skill:
            [
                "实操成绩", "实操", "技能", "技能成绩", "操作技能", "操作技能成绩", "技能操作成绩", "技能考核成绩", "实操考核成绩", "实操分数", "技能考核", "技能考试",
                "实操考核",
                "实操考试", "实操考试成绩", "技能考试成绩", "操作技能考核", "操作技能考核成绩", "操作技能考试成绩", "操作技能考试", "操作考核成绩", "操作成绩", "操作技能得分",
                "技能得分",
                "实操得分", "实操分", "技能分数", "技能操作", "技能操作考核成绩", "实作成绩", "实训成绩", "实践考核成绩", "实践技能成绩", "实际操作", "实际操作考核成绩",
                "技能操作考核", "操作技能分数",
                "实际操作成绩", "实践成绩", "成绩(实操)", "成绩(技能)", "skill", "skill score", "skills", "practical", "practical score",
                "practice score", "skill mark", "skill marks", "skill exam", "skills score", "skill test",
                "practical mark",
                "practical exam", "practical test", "operation score", "skill result",
            ]
        case .review:
            ["综合评审", "综合评审成绩", "综合成绩", "评审成绩", "综合评审得分", "综合评审分数", "review", "review score", "comprehensive review"]
        case .statedOutcome:
            [
                "评定成绩", "评定结果", "评定", "评价结果", "是否合格", "结果", "鉴定结果", "认定结果", "考核结果", "考试结果", "评价结论", "认定结论", "结论",
                "是否通过", "合格情况", "合格与否", "总评", "评定等次", "outcome", "conclusion", "pass or fail", "pass/fail", "result",
                "stated outcome",
            ]
        case .examDate:
            [
                "考试日期", "考核日期", "评价日期", "鉴定日期", "考试时间", "认定日期", "认定时间", "评价时间", "考核时间", "鉴定时间", "测试日期", "考评日期", "考评时间",
                "考试年月日", "exam date", "test date", "assessment date", "date of examination", "date of assessment",
                "date of exam", "examination date",
            ]
        case .attemptKind: ["考试类型", "考试性质", "考核类型", "考试类别", "exam type", "attempt", "attempt type"]
        case .remark: ["备注", "说明", "备注说明", "其他说明", "附注", "remark", "remarks", "note", "notes", "comment"]
        }
    }
}
