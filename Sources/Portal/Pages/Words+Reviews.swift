extension Catalogue {
    static let reviews = Catalogue([
        "title": ("审批", "Approvals"), "heading": ("审批", "Approvals"),
        "nothing": ("现在没有等待审批的成绩表。", "No sheet waits for approval now."),
        "waiting": ("等待审批", "Waiting"), "done": ("办过的", "Done"),
        "stateWaiting": ("等人审核", "waits for an officer"), "stateInReview": ("审核中", "under review"),
        "stateReturned": ("已退回", "sent back"), "stateWithdrawn": ("已撤回", "withdrawn"),
        "stateApproved": ("已批准，等待签发", "approved, to be signed"), "stateIssued": ("已签发", "issued"),
        "certificates": ("份证书", "certificates"), "sentIn": ("提交于", "sent in"), "mine": ("由您审核", "yours"),
    ])

    static let review = Catalogue([
        "title": ("审核", "Review"), "back": ("返回审批", "Back to approvals"), "state": ("状态", "State"),
        "problem": ("没有退回", "Not sent back"), "errorPrefix": ("错误：", "Error: "),
        "institution": ("机构", "Institution"), "awardDate": ("证书日期", "Award date"),
        "certificates": ("证书份数", "Certificates"), "others": ("其余各行", "Other rows"), "none": ("没有", "none"),
        "submitted": ("提交", "Sent in"), "hands": ("经手人", "Who had a hand in it"),
        "digest": ("文件摘要", "Digest of the file"), "returned": ("退回原因：", "Why it was sent back: "),
        "refused": ("签发端没有接受：", "The signer did not take it: "),
        "claim": ("审核这份成绩表", "Review this sheet"),
        "claimHint": (
            "领取后由服务器随机抽取要核对的行；在您退回或批准以前，别人不能审核。",
            "The server then draws at random the rows to compare; nobody else reviews it until you send it back or approve."
        ), "claimButton": ("领取并抽取", "Take it and draw"),
        "hadHand": (
            "您参与过这份成绩表，不能审核它；请由另一位审批员办理。",
            "You had a hand in this sheet and cannot review it; another officer must."
        ),
        "sample": ("与考试记录核对", "Compare with the record of the exam"),
        "sampleHint": (
            "抽取的行之外，还要核对所有改动过、说明过、补考合并、压线和使用其他证件的行。",
            "Beside the drawn rows these are always looked at: mended, answered for, joined from resits, near the pass mark, "
                + "and with another document than an identity card."
        ), "sampleGo": ("开始核对", "Compare"), "approveGo": ("批准", "Approve"),
        "giveBack": ("退回", "Send it back"),
        "giveBackHint": (
            "写明原因（写行号，不写姓名和证件号），考务员改好后会重新提交。",
            "Say why, by row numbers and without names; the registrar mends it and sends it in again."
        ),
        "reason": ("原因", "Reason"), "giveBackButton": ("退回给考务员", "Send it back to the registrar"),
    ])

    static let sample = Catalogue([
        "title": ("核对", "Compare"), "heading": ("与考试记录核对", "Compare with the record of the exam"),
        "back": ("返回审核", "Back to the review"), "occupation": ("职业", "Occupation"), "marks": ("成绩", "Marks"),
        "exam": ("考试日期", "Exam"), "student": ("学号、专业", "Student number, major"),
        "compared": ("核对结果", "Result"), "right": ("与考试记录一致", "as in the record"),
        "wrong": ("不一致", "not as in the record"), "note": ("不一致的地方（可不填）", "What differs (may stay empty)"),
        "specimen": ("看样张（PDF）", "See a specimen (PDF)"), "save": ("保存这一页", "Save this page"),
        "pages": ("分页", "Pages"),
        "theory": ("理论 ", "theory "), "skill": ("实操 ", "skill "), "review": ("综合评审 ", "review "),
        "joined": ("补考合并", "joined from a resit"), "near-minimum": ("压线", "near the pass mark"),
        "other-document": ("其他证件", "another document"), "mended": ("改动过", "mended"),
        "answered": ("按说明处理", "answered for"), "drawn": ("随机抽取", "drawn at random"),
    ])

    static let approve = Catalogue([
        "title": ("批准", "Approve"), "back": ("返回审核", "Back to the review"), "institution": ("机构", "Institution"),
        "awardDate": ("证书日期", "Award date"), "compared": ("核对", "Compared"),
        "digest": ("内容摘要", "Digest of the content"), "signed": ("您将签署的内容", "What you will sign"),
        "signedHint": (
            "由您的浏览器从要签署的字节中显示，并核对了摘要。",
            "Drawn by your browser from the very bytes that are signed, after it compared their digest."
        ),
        "final": ("批准后立即签发，证书不可收回，只能撤销。", "Certificates are signed at once. They cannot be taken back, only revoked."),
        "button": ("用通行密钥批准", "Approve with my passkey"),
        "failed": (
            "没有批准：操作被取消，或这台设备没有您用于审批的通行密钥。请重新载入本页再试。",
            "Not approved: it was cancelled, or your approver's passkey is not on this device. Load this page again and retry."
        ),
        "differs": (
            "要签署的内容与浏览器收到的不符，没有签署。请立即告诉管理员。",
            "What was to be signed is not what your browser received; nothing was signed. Tell an administrator now."
        ),
        "noScript": ("批准需要浏览器脚本；请打开脚本后重新载入本页。", "Approving needs scripts; turn them on and load this page again."),
        "frozen": ("下载冻结的文件（CSV）", "Download the frozen file (CSV)"),
        "limit": (
            "浏览器的通行密钥窗口不显示所签内容。要不依赖本门户核对：下载冻结的文件，在另一台电脑上计算它的 SHA-256，与所签内容中的“文件摘要”比对。",
            "The passkey window of browsers shows nothing of what is signed. To check without trusting this portal, download "
                + "the frozen file, compute its SHA-256 on another machine, and compare it with the file digest among the lines."
        ),
        "noKey": (
            "该机构现在没有可用的签名密钥，请先由管理员办理。",
            "The institution has no key that signs now; an administrator must see to it first."
        ),
        "notCompared": ("还有行没有核对，或与考试记录不一致。", "Some rows are not compared yet, or differ from the record."),
    ])
}
