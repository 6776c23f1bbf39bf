/// results.md, 29: remarks that may say that a result does not count, in words that are no plain mark. A human reads
/// them.
enum RemarkDoubt {
    private static let words = [
        "取消", "无效", "作废", "撤销", "撤回", "注销", "吊销", "替他", "替人", "替别人", "替同学", "代考", "代替", "代他人", "请人", "冒名", "顶替", "冒充",
        "枪手", "抄袭", "夹带", "传递", "雷同", "偷看", "通讯工具", "小抄", "处分", "禁考", "停考", "违反", "违纪", "违规", "作弊", "舞弊", "替考",
        "不予", "不计", "不算", "不发证", "不认定", "不合格", "未通过", "暂缓", "暂停", "缓发", "扣发", "停发", "不得发", "零分", "按缺考", "视为",
        "退考", "退学", "开除", "放弃", "弃权", "弃考", "罢考", "缺席", "缺考", "旷考", "缓考", "未参加", "没参加", "未到", "没来", "未考", "请假", "冒用",
        "造假",
        "伪造", "虚假", "举报", "嫌疑", "疑似", "涉嫌", "存疑", "有疑", "待查", "待核", "待调查", "调查", "争议", "申诉", "有误", "重考", "泄题",
        "非本人", "身份不符", "人证不", "资格不", "cancel", "invalid", "void", "annul", "disqualif", "revoke", "withdraw",
        "impersonat", "cheat",
        "misconduct", "plagiar", "absent", "deferred", "suspect", "pending", "under review", "not valid",
    ]
    /// Suspicion that may have been cleared, or not.
    private static let clearing = [
        "嫌疑", "疑似", "涉嫌", "排除", "澄清", "不成立", "查无", "不属实", "误判", "误记", "拟", "是否", "待", "申诉", "撤销",
    ]
    private static let misconduct = ["违纪", "作弊", "舞弊", "替考", "违规"]

    static func isIn(_ remark: String) -> Bool { words.contains { AttemptMark.isAffirmed($0, in: remark) } }

    /// Whether misconduct is spoken of together with its being in doubt.
    static func isCleared(_ remark: String) -> Bool {
        misconduct.contains { AttemptMark.isAffirmed($0, in: remark) } && clearing.contains { remark.contains($0) }
    }
}
