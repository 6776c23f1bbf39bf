import Credential
import Publishing

enum StatusText {
    static func line(_ list: StatusPublisher.Published) -> String {
        spoken(
            zh: "已公布状态列表 \(list.list)：\(list.size.grouped) 个位置中 \(list.entries.grouped) 个无效，"
                + "时间 \(UTCTime.text(list.issuedAt))，有效至 \(UTCTime.text(list.expiresAt))。",
            en: "Published status list \(list.list): \(list.entries.grouped) of \(list.size.grouped) not valid, "
                + "as of \(UTCTime.text(list.issuedAt)), good until \(UTCTime.text(list.expiresAt)).")
    }
}
