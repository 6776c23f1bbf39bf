import Credential
import Encodings
import HTTPSupport
import Lookup

@testable import SignetServer

/// Every request in JSON that the server takes.
enum JSONRequests {
    static let sound = [
        #"{"seal":"https://verify.example.org/c#0123"}"#, #"{"seals":["a","b\u6587"]}"#,
        #"{"number":"Y000037000001263000042","name":"王小明"}"#,
        #"{"number":"Y000037000001263000042","idLastSix":"15001x"}"#,
        #"{"id":"0123456789abcdef0123456789abcdef","version":1}"#, #"{"token":"t","passphrase":"quiet river lamp"}"#,
        #"{"label":"单位","days":30,"scores":true,"photo":false}"#, #"{"code":"0123-4567-89AB-CDEF-GHJK"}"#,
    ]

    static func decode(_ input: [UInt8]) {
        input.withUnsafeBytes { bytes in
            read(VerifyRoute.Body.self, bytes) { _ in }
            read(LookupRoute.Body.self, bytes) { body in
                _ = body.holder
                _ = try? CertificateNumber(written: body.number)
            }
            read(StatusDetailsRoute.Body.self, bytes) { _ in }
            read(HolderRoutes.Claim.self, bytes) { _ in }
            read(HolderRoutes.SignIn.self, bytes) { _ = try? CertificateNumber(written: $0.number) }
            read(HolderRoutes.Opening.self, bytes) { _ in }
            read(ShareWish.self, bytes) { _ = SafeText.isSafe($0.label) }
        }
    }

    private static func read<Body: Decodable>(
        _ type: Body.Type, _ bytes: UnsafeRawBufferPointer, _ look: (Body) -> Void
    ) {
        if let body = (try? BodyReader.decoded(type, from: bytes)) ?? nil { look(body) }
    }
}
