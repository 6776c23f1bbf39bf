import Encodings
import FoundationEssentials
import HTTPTypes
import Hummingbird
import Lookup
import NIOCore
import Verification

/// Answers to holders, which nobody may keep.
enum HolderAnswer {
    static func json(_ answer: some Encodable) throws -> Response { response(try StableJSON.encode(answer)) }

    /// The answer's members beside `result`, the verdict.
    static func json(_ answer: some Encodable, verdict: Verdict, echo: CertificateEcho) throws -> Response {
        var json = Array(#"{"result":"#.utf8)
        verdict.appendJSON(to: &json, echo: echo)
        json.append(UInt8(ascii: ","))
        json += try StableJSON.encode(answer).dropFirst()
        return response(json)
    }

    private static func response(_ json: [UInt8]) -> Response {
        Response(
            status: .ok, headers: [.contentType: "application/json", .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: json)))
    }
}

extension HeldDocument {
    /// Within the answer, so that a photo has no address of its own that somebody could keep.
    var photoAddress: String? { photo.map { "data:image/jpeg;base64," + Data($0).base64EncodedString() } }
}
