import Credential
import Publishing

enum StatusText {
    static func line(_ list: StatusPublisher.Published) -> String {
        "Published status list \(list.list): \(list.entries.grouped) of \(list.size.grouped) not valid, "
            + "as of \(UTCTime.text(list.issuedAt)), good until \(UTCTime.text(list.expiresAt))."
    }
}
