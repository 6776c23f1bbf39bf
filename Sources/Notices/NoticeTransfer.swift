import CCurl
import Glibc

/// One transfer by libcurl, on the thread that calls it.
enum NoticeTransfer {
    /// Seconds for all of it, and for its connection.
    private static let (mostSeconds, mostConnectSeconds) = (20, 5)
    /// Of an answer.
    fileprivate static let mostBytes = 1 << 14

    struct Failure: Error { let reason: String }

    /// Once, before any thread asks.
    private static let isReady = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

    /// What a mail server is given beside the message.
    struct Mail {
        let from: String
        let to: [String]
        let login: (user: String, password: String)?
        let needsTLS: Bool
    }

    /// - Parameter mail: nil for a POST of JSON.
    /// - Returns: the answer's body.
    static func send(_ body: [UInt8], to address: String, mail: Mail?) throws(Failure) -> [UInt8] {
        guard isReady, let handle = curl_easy_init() else { throw Failure(reason: "out of memory") }
        defer { curl_easy_cleanup(handle) }
        var lists: [UnsafeMutablePointer<curl_slist>?] = []
        defer { for list in lists { curl_slist_free_all(list) } }
        let words = UnsafeMutablePointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))
        words.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
        defer { words.deallocate() }
        signet_curl_set_long(handle, CURLOPT_NOSIGNAL, 1)
        signet_curl_set_long(handle, CURLOPT_TIMEOUT, mostSeconds)
        signet_curl_set_long(handle, CURLOPT_CONNECTTIMEOUT, mostConnectSeconds)
        signet_curl_set_pointer(handle, CURLOPT_ERRORBUFFER, words)
        let sink = AnswerSink()
        signet_curl_set_writer(handle, AnswerSink.write)
        signet_curl_set_pointer(handle, CURLOPT_WRITEDATA, Unmanaged.passUnretained(sink).toOpaque())
        set(handle, CURLOPT_URL, address)
        var body = body
        // curl's own reader reads from a stream of C.
        guard let stream = fmemopen(&body, max(1, body.count), "r") else { throw Failure(reason: "out of memory") }
        defer { fclose(stream) }
        if let mail {
            lists.append(mail.to.reduce(nil) { curl_slist_append($0, "<\($1)>") })
            set(handle, CURLOPT_PROTOCOLS_STR, "smtp,smtps")
            set(handle, CURLOPT_MAIL_FROM, "<\(mail.from)>")
            signet_curl_set_pointer(handle, CURLOPT_MAIL_RCPT, lists[0])
            signet_curl_set_long(handle, CURLOPT_UPLOAD, 1)
            signet_curl_set_pointer(handle, CURLOPT_READDATA, stream)
            if mail.needsTLS { signet_curl_set_long(handle, CURLOPT_USE_SSL, Int(CURLUSESSL_ALL.rawValue)) }
            if let login = mail.login {
                set(handle, CURLOPT_USERNAME, login.user)
                set(handle, CURLOPT_PASSWORD, login.password)
            }
        } else {
            lists.append(curl_slist_append(nil, "Content-Type: application/json"))
            set(handle, CURLOPT_PROTOCOLS_STR, "http,https")
            signet_curl_set_pointer(handle, CURLOPT_HTTPHEADER, lists[0])
            signet_curl_set_long(handle, CURLOPT_FAILONERROR, 1)
            signet_curl_set_long(handle, CURLOPT_POST, 1)
            signet_curl_set_long(handle, CURLOPT_POSTFIELDSIZE, body.count)
            signet_curl_set_pointer(handle, CURLOPT_READDATA, stream)
        }
        let code = withExtendedLifetime(sink) { curl_easy_perform(handle) }
        guard code == CURLE_OK else {
            let told = String(cString: words)
            throw Failure(reason: told.isEmpty ? String(cString: curl_easy_strerror(code)) : told)
        }
        return sink.bytes
    }

    /// curl copies texts.
    private static func set(_ handle: UnsafeMutableRawPointer, _ option: CURLoption, _ text: String) {
        _ = text.withCString { signet_curl_set_pointer(handle, option, $0) }
    }
}

private final class AnswerSink {
    fileprivate var bytes: [UInt8] = []

    /// What is longer is cut off: only its beginning is looked at.
    fileprivate static let write: curl_write_callback = { data, size, count, closure in
        // Set by the one who sends, which keeps the sink.
        let sink = Unmanaged<AnswerSink>.fromOpaque(closure!).takeUnretainedValue()
        let part = UnsafeRawBufferPointer(start: data, count: size * count)
        sink.bytes.append(contentsOf: part.prefix(NoticeTransfer.mostBytes - sink.bytes.count))
        return part.count
    }
}
