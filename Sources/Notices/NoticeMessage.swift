import Encodings
import FoundationEssentials
import HomeFolder
import Store

/// A notice as mail servers and webhooks take it.
enum NoticeMessage {
    /// RFC 5322, its text in UTF-8 by base64 (RFC 2045 §6.8), its subject likewise (RFC 2047).
    static func mail(_ notice: Notice, from: String, to: [String], authority: String, portal: String, at time: Int)
        -> [UInt8]
    {
        let text = "\(notice.text)\n\(portal)\n"
        let subject = "=?UTF-8?B?" + Data("\(authority)：待办".utf8).base64EncodedString() + "?="
        let body = lines(Data(text.utf8).base64EncodedString())
        let domain = from.split(separator: "@").last ?? "localhost"
        return Array(
            """
            From: \(from)\r
            To: \(to.joined(separator: ", "))\r
            Subject: \(subject)\r
            Date: \(date(time))\r
            Message-ID: <\(Hex.encode(Array("\(notice.key)|\(notice.channel)".utf8)))@\(domain)>\r
            MIME-Version: 1.0\r
            Content-Type: text/plain; charset=utf-8\r
            Content-Transfer-Encoding: base64\r
            Auto-Submitted: auto-generated\r
            \r
            \(body)\r

            """.utf8)
    }

    static func hook(_ notice: Notice, form: NoticeChannel.Form, portal: String) throws -> [UInt8] {
        let text = "\(notice.text)\n\(portal)"
        switch form {
        case .wecom, .dingtalk:
            struct Body: Encodable {
                struct Text: Encodable { let content: String }
                let msgtype = "text"
                let text: Text
            }
            return Array(try JSONEncoder().encode(Body(text: .init(content: text))))
        case .json: return Array(try JSONEncoder().encode(["text": text]))
        }
    }

    /// Robots answer 200 whatever happened, and tell it by a number.
    static func isTaken(_ answer: [UInt8], by form: NoticeChannel.Form) -> Bool {
        struct Answer: Decodable { let errcode: Int }
        guard form != .json else { return true }
        return (try? JSONDecoder().decode(Answer.self, from: Data(answer)))?.errcode == 0
    }

    private static func lines(_ text: String) -> String {
        let characters = Array(text)
        return stride(from: 0, to: characters.count, by: 76)
            .map { String(characters[$0..<min($0 + 76, characters.count)]) }.joined(separator: "\r\n")
    }

    private static func date(_ time: Int) -> String {
        let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let (day, second) = (time / 86_400, time % 86_400)
        let date = GregorianCalendar.date(ofDay: day)
        let two = { (number: Int) in number < 10 ? "0\(number)" : "\(number)" }
        return "\(days[day % 7]), \(two(date.day)) \(months[date.month - 1]) \(date.year) "
            + "\(two(second / 3600)):\(two(second / 60 % 60)):\(two(second % 60)) +0000"
    }
}
