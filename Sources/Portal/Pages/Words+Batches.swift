extension Catalogue {
    static let batches = Catalogue([
        "title": ("批次", "Batches"), "heading": ("已批准的批次", "Approved batches"),
        "none": ("还没有批次。成绩表批准后出现在这里。", "There is no batch yet. A sheet appears here once it is approved."),
        "older": ("更早的批次", "Older batches"),
    ])

    static let batch = Catalogue([
        "title": ("批次", "Batch"), "batch": ("批次", "Batch"), "certificates": ("份证书", "certificates"),
        "underWay": ("正在签发", "being issued:"), "complete": ("已签发", "issued"),
        "institution": ("院校编号", "Institution"), "awardDate": ("发证日期", "Award date"), "count": ("数量", "Count"),
        "state": ("状态", "State"), "approver": ("批准人", "Approved by"), "approvedAt": ("批准时间", "Approved at"),
        "digest": ("内容摘要", "Digest"), "files": ("文件", "Files"),
        "filesHint": (
            "文件里有姓名和遮盖的证件号码；谁下载了什么会记录下来。证书更正后请重做一份。",
            "They have names and masked identity numbers; who downloads what is recorded. Make one anew after a correction."
        ),
        "notMade": ("还没有做", "not made yet"), "madeAt": ("做于", "made at"), "kept": ("保留 7 天", "kept for 7 days"),
        "download": ("下载", "Download"), "make": ("制作", "Make"), "anew": ("重做", "Make anew"),
        "watch": ("看进度", "See its progress"),
        "notYet": ("全部签发后才能制作文件。", "Files are made once all certificates are issued."),
        "invite": ("邀请持证人", "Invite holders"),
        "inviteHint": (
            "给每份证书一个领取链接，60 天内可用一次；以前没用过的链接作废。链接只在下载的表里，谁拿到谁就能用，请当面交给本人。",
            "Gives each certificate a claim link, good once within 60 days; earlier links that were not used end. The links are only in the table that you download: whoever has one may use it, so hand it over in person."
        ),
        "inviteButton": ("生成链接并下载", "Make the links and download them"),
        "inviteAgain": (
            "要邀请持证人，请先再登录一次（五分钟内有效）。", "To invite holders, sign in again; that is good for five minutes."
        ), "back": ("返回批次", "Back to the batches"),
    ])

    static let jobs = Catalogue([
        "title": ("任务", "Jobs"), "heading": ("任务", "Jobs"),
        "none": (
            "没有任务。做文件要一些时间，进度在这里看。", "There are no jobs. Files take a while to make; their progress is seen here."
        ),
    ])

    static let job = Catalogue([
        "title": ("任务", "Job"), "queued": ("排队等候", "waiting"), "running": ("正在进行", "under way"),
        "paused": ("已暂停", "paused"), "done": ("已完成", "done"), "failed": ("没有完成", "failed"),
        "cancelled": ("已取消", "cancelled"), "state": ("状态", "State"), "askedBy": ("提出人", "Asked for by"),
        "askedAt": ("提出时间", "Asked for at"), "id": ("任务编号", "Job"), "bySignet": ("系统", "Signet itself"),
        "progress": ("进度", "Progress"),
        "live": ("进度自动更新；可以离开，任务照常进行。", "The progress updates by itself; the job goes on when you leave."),
        "signer": (
            "证书文件由签发服务制作。若一直排队，签发服务可能没有运行或已上锁，请告诉管理员；任务不会丢。",
            "Documents are made by the signer. If this keeps waiting, the signer may be stopped or locked: tell an administrator. The job is not lost."
        ),
        "problem": ("没有完成", "It failed"),
        "pause": ("暂停", "Pause"), "resume": ("从头再做", "Start again"), "cancel": ("取消", "Cancel"),
        "annotate": ("标注表（Excel）", "Annotated workbook (Excel)"), "sheet": ("成绩表", "Sheet"),
        "download": ("下载", "Download"),
        "follow": ("到批次", "To the batch"), "followReady": ("到批次下载", "To the batch, to download it"),
        "back": ("全部任务", "All jobs"),
    ])
}
