import CCurl
import Errors
import PDFSignature

/// Asks a timestamp authority over HTTP (RFC 3161 §3.4).
package enum TimestampAuthority {
    /// Seconds for one answer, and for its connection: a document waits for it.
    private static let maximumSeconds = 15
    private static let maximumConnectSeconds = 5
    /// Tokens have a few kilobytes, with the authority's certificates.
    fileprivate static let maximumByteCount = 1 << 16

    /// Once, before any thread asks.
    private static let isReady = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

    package static func timestamper(_ address: String) -> Timestamper {
        Timestamper { request in
            do { return try answer(from: address, to: request) } catch let failure as Failure {
                throw PDFProblem(
                    .timestampFailed,
                    zh: "时间戳机构 \(address) 没有应答：\(failure.reason)；没有签名。"
                        + "请重试，或从 config.json 中去掉 timestampAuthority，不带时间戳签名",
                    en:
                        "the timestamp authority \(address) did not answer: \(failure.reason); nothing was signed. "
                        + "Try again, or take timestampAuthority out of config.json to sign without timestamps")
            }
        }
    }

    private struct Failure: Error { let reason: String }

    private static func answer(from address: String, to request: [UInt8]) throws(Failure) -> [UInt8] {
        guard isReady, let handle = curl_easy_init() else { throw Failure(reason: "out of memory") }
        defer { curl_easy_cleanup(handle) }
        var headers = curl_slist_append(nil, "Content-Type: application/timestamp-query")
        headers = curl_slist_append(headers, "Accept: application/timestamp-reply")
        defer { curl_slist_free_all(headers) }
        let sink = ByteSink()
        signet_curl_set_long(handle, CURLOPT_NOSIGNAL, 1)
        signet_curl_set_long(handle, CURLOPT_FAILONERROR, 1)
        signet_curl_set_long(handle, CURLOPT_TIMEOUT, maximumSeconds)
        signet_curl_set_long(handle, CURLOPT_CONNECTTIMEOUT, maximumConnectSeconds)
        // curl writes what went wrong there, in more words than its code has.
        let words = UnsafeMutablePointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))
        words.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
        defer { words.deallocate() }
        signet_curl_set_pointer(handle, CURLOPT_ERRORBUFFER, words)
        signet_curl_set_pointer(handle, CURLOPT_HTTPHEADER, headers)
        signet_curl_set_writer(handle, ByteSink.write)
        signet_curl_set_pointer(handle, CURLOPT_WRITEDATA, Unmanaged.passUnretained(sink).toOpaque())
        signet_curl_set_long(handle, CURLOPT_POSTFIELDSIZE, request.count)
        // curl copies texts, but reads the body where it is.
        let code = withExtendedLifetime(sink) {
            address.withCString { address in
                "http,https".withCString { protocols in
                    request.withUnsafeBytes { body in
                        signet_curl_set_pointer(handle, CURLOPT_URL, address)
                        signet_curl_set_pointer(handle, CURLOPT_PROTOCOLS_STR, protocols)
                        signet_curl_set_pointer(handle, CURLOPT_POSTFIELDS, body.baseAddress)
                        return curl_easy_perform(handle)
                    }
                }
            }
        }
        guard code == CURLE_OK else { throw Failure(reason: reason(of: code, String(cString: words))) }
        return sink.bytes
    }

    private static func reason(of code: CURLcode, _ words: String) -> String {
        if code == CURLE_WRITE_ERROR { return "its answer is too long" }
        return words.isEmpty ? String(cString: curl_easy_strerror(code)) : words
    }
}

private final class ByteSink {
    fileprivate var bytes: [UInt8] = []

    /// Takes less than was offered, and so ends the transfer, when it is too long.
    fileprivate static let write: curl_write_callback = { data, size, count, closure in
        // Set by the one who asks, which keeps the sink.
        let sink = Unmanaged<ByteSink>.fromOpaque(closure!).takeUnretainedValue()
        let part = UnsafeRawBufferPointer(start: data, count: size * count)
        guard sink.bytes.count + part.count <= TimestampAuthority.maximumByteCount else { return 0 }
        sink.bytes.append(contentsOf: part)
        return part.count
    }
}
