import Acts
import Results
import Store

extension Catalogue {
    static let sheets = Catalogue([
        "title": ("成绩表", "Sheets"), "heading": ("成绩表", "Sheets"), "new": ("上传成绩表", "Upload a sheet"),
        "none": ("还没有成绩表。", "There is no sheet yet."), "changed": ("最近修改", "changed"),
        "problem": ("没有上传", "Nothing was uploaded"), "errorPrefix": ("错误：", "Error: "),
    ])

    static let sheetNew = Catalogue([
        "title": ("上传成绩表", "Upload a sheet"), "heading": ("上传成绩表", "Upload a sheet"),
        "problem": ("没有上传", "Nothing was uploaded"), "errorPrefix": ("错误：", "Error: "),
        "institution": ("院校", "Institution"), "name": ("名称", "Title"),
        "nameHint": ("如“2026 年 6 月高级工”，以后好找。", "Such as \"June 2026, senior workers\", to find it again."),
        "file": ("成绩文件", "File of results"),
        "fileHint": (
            "Excel 工作簿（.xlsx）或 CSV，不超过 32 MiB。文件原样保存，修改在网页上进行。",
            "An Excel workbook (.xlsx) or CSV of at most 32 MiB. It is kept as it is; what is wrong is mended on pages."
        ),
        "button": ("上传并检查", "Upload and check"), "back": ("返回成绩表", "Back to the sheets"),
        "noFile": ("请选择一个文件", "Choose a file"),
    ])

    static let sheet = Catalogue([
        "annotated": ("标注表", "Annotated workbook"),
        "annotatedHint": (
            "每一行的结果和原因写在表里，可下载到电脑上改，再重新上传。",
            "Each row with its outcome and why: work on it on your computer, and send it in again."
        ), "annotatedButton": ("制作标注表", "Make the annotated workbook"),
        "title": ("成绩表", "Sheet"), "institution": ("院校", "Institution"), "file": ("文件", "File"),
        "state": ("状态", "State"),
        "problem": ("没有保存", "Nothing was saved"), "errorPrefix": ("错误：", "Error: "),
        "awardDate": ("发证日期", "Award date"), "noDate": ("还没有填写", "not given yet"),
        "returned": ("审批员退回，原因：", "An officer returned it: "), "mend": ("处理有问题的行", "Mend the rows with problems"),
        "describe": ("名称和发证日期", "Title and award date"), "name": ("名称", "Title"),
        "awardHint": ("印在证书上的日期，不早于最后一场考试。", "The date on the certificates; not before the last exam."),
        "check": ("核对并提交", "Check and submit"), "save": ("保存", "Save"),
        "toMend": ("行要处理；不处理就不报送。", "rows need mending; they are not submitted otherwise."),
        "nothingToMend": ("没有问题。", "Nothing is wrong."),
        "stopped": ("整个文件有问题，请先处理。", "The file as a whole is refused."),
        "dateGiven": ("已填写", "given"), "ready": ("份可发证，可以提交。", "certificates are ready to be submitted."),
        "notReady": ("还不能提交。", "Not ready yet."), "withdraw": ("撤回", "Withdraw"),
        "withdrawSubmission": (
            "审批员还没有批准。撤回后可以再修改、再提交。", "It is not approved yet. Withdrawn, it can be mended and submitted again."
        ),
        "withdrawDraft": (
            "不再使用这份成绩表。不能恢复；文件按期限删除。", "Ends this sheet. It cannot be undone; the file is deleted after its time."
        ),
        "withdrawSubmissionButton": ("撤回报送", "Withdraw the submission"),
        "withdrawDraftButton": ("作废这份成绩表", "End this sheet"), "history": ("经过", "History"),
        "back": ("返回成绩表", "Back to the sheets"),
    ])

    static let sheetFindings = Catalogue([
        "title": ("处理有问题的行", "Mend the rows"), "heading": ("处理有问题的行", "Mend the rows with problems"),
        "errorPrefix": ("错误：", "Error: "), "conflictTitle": ("同一格也有别人改过", "Somebody else changed the same cell"),
        "wholeFile": (
            "文件作为整体不能受理。请在表格软件里改好，另外上传。",
            "The file as a whole is refused. Correct it in a spreadsheet program, and upload it anew."
        ),
        "done": ("没有要处理的行。", "No row needs mending."), "rows": ("行", "rows"), "row": ("行", "row"),
        "leaveOut": ("这一行不报送", "Do not send this row"), "open": ("打开", "Open"), "save": ("保存本页", "Save this page"),
        "back": ("返回这份成绩表", "Back to the sheet"), "saved": ("处已保存。", "changes are saved."),
        "numberHint": ("现在是", "Now"), "numberKeep": ("；不改就留空。", "; leave empty to keep it."),
        "previous": ("上一页", "Previous page"), "next": ("下一页", "Next page"), "other": ("改成了", "changed it to"),
        "again": ("再保存一次就用您写的。", "Save again to keep yours."), "noName": ("（无姓名）", "(no name)"),
    ])

    static let sheetRow = Catalogue([
        "title": ("一行成绩", "A row"), "errorPrefix": ("错误：", "Error: "), "problem": ("没有保存", "Nothing was saved"),
        "conflictTitle": ("同一格也有别人改过", "Somebody else changed the same cell"),
        "outcome": ("结果", "Outcome"), "findings": ("发现", "Findings"), "noFindings": ("没有问题。", "Nothing is wrong."),
        "cells": ("各格内容", "Cells"), "leaveOut": ("这一行不报送", "Do not send this row"), "save": ("保存这一行", "Save this row"),
        "answer": ("按原样处理", "Let it go on as it stands"),
        "answerHint": (
            "对照证件和考试记录核实后写明原因。审批员会看到，并由其决定。",
            "Compare it with documents and the exam's record, and say why. The officer sees it and decides."
        ),
        "reason": ("原因", "Reason"), "answerButton": ("提出按原样处理", "Propose that it goes on"),
        "back": ("返回有问题的行", "Back to the rows with problems"), "leftOutNow": ("已设为不报送", "left out by hand"),
    ])

    static let sheetSubmit = Catalogue([
        "title": ("核对并提交", "Check and submit"), "heading": ("核对并提交", "Check and submit"),
        "problem": ("还不能提交", "It cannot be submitted yet"), "errorPrefix": ("错误：", "Error: "), "name": ("名称", "Title"),
        "institution": ("院校", "Institution"), "awardDate": ("发证日期", "Award date"),
        "hands": ("经手人", "Who had a hand in it"), "mend": ("去处理", "Mend them"),
        "open": ("行有问题，不会报送。", "rows have problems and are not submitted."),
        "means": (
            "提交后内容固定，等别的人审批；经手人不能审批。批准以前可以撤回。",
            "What is submitted stays as it is, and somebody else approves it: none of those above. Until then it can be withdrawn."
        ),
        "button": ("提交", "Submit"), "certificates": ("份给审批员", "certificates to the officers"),
        "back": ("返回这份成绩表", "Back to the sheet"), "noDate": ("还没有填写", "not given yet"),
    ])

    static let sheetHistory = Catalogue([
        "title": ("经过", "History"), "heading": ("经过", "History"), "begun": ("上传", "Uploaded"),
        "saved": ("修改", "Mended"),
        "cells": ("处", "changes"), "submitted": ("提交", "Submitted"), "certificates": ("份证书", "certificates"),
        "digest": ("摘要", "digest"), "back": ("返回这份成绩表", "Back to the sheet"), "unknown": ("（已停用）", "(ended)"),
    ])
}

/// States and outcomes as pages say them.
enum SheetWords {
    static func of(_ state: StaffSheet.State, _ language: Language) -> String {
        let (zh, en) =
            switch state {
            case .draft: ("待修改、提交", "to mend and submit")
            case .submitted: ("等待审批", "waits for approval")
            case .approved: ("已批准，等待签发", "approved, to be issued")
            case .issued: ("已签发", "issued")
            case .withdrawn: ("已作废", "ended")
            }
        return language == .zh ? zh : en
    }

    static func of(_ state: Submission.State, _ language: Language) -> String {
        let (zh, en) =
            switch state {
            case .waiting: ("等待审批", "waits for an officer")
            case .inReview: ("正在审核", "is reviewed")
            case .returned: ("被退回", "was returned")
            case .withdrawn: ("已撤回", "was withdrawn")
            case .approved: ("已批准", "was approved")
            case .issued: ("已签发", "was issued")
            }
        return language == .zh ? zh : en
    }

    /// Every bin that has rows.
    static func counts(_ bins: [Bin: Int], _ language: Language) -> [[String: Any]] {
        Bin.allCases.filter { (bins[$0] ?? 0) > 0 }.map { bin in
            ["label": language.of(bin.words), "count": "\(bins[bin] ?? 0)"]
        }
    }
}
