import Errors
import TestSupport
import Testing

@testable import WebAuthn

/// The JSON that browsers make of what authenticators answer.
@Suite struct JSONTests {
    private static let registration = """
        {"id":"AQI","rawId":"AQI","type":"public-key","clientExtensionResults":{},"authenticatorAttachment":"platform",
        "response":{"clientDataJSON":"e30","attestationObject":"oA","transports":["usb"],"publicKeyAlgorithm":-7}}
        """
    private static let assertion = """
        {"id":"AQI","rawId":"AQI","type":"public-key","clientExtensionResults":{},
        "response":{"clientDataJSON":"e30","authenticatorData":"AA","signature":"MA","userHandle":"AQ"}}
        """

    @Test("is read")
    func read() throws {
        let made = try RegistrationResponse(json: Self.registration)
        #expect(made.credentialID == [1, 2] && made.attestationObject == [0xA0] && made.transports == ["usb"])
        let used = try AssertionResponse(json: Self.assertion)
        #expect(used.userHandle == [1] && used.signature == [0x30] && used.clientDataJSON == Array("{}".utf8))
    }

    @Test(
        "and refused with one thing wrong",
        arguments: [
            (#""rawId":"AQI""#, #""rawId":"AQM""#), (#""type":"public-key""#, #""type":"password""#),
            (#""id":"AQI""#, #""id":"AQI=""#), (#""clientDataJSON":"e30""#, #""clientDataJSON":"e3+""#),
            (#""clientDataJSON":"e30""#, #""clientDataJSON":1"#), (#"{"id":"AQI","#, #"{"id":"AQI","id":"AQI","#),
            (#""signature":"MA","#, ""), (#""attestationObject":"oA","#, ""), ("{\"id\"", "[{\"id\""),
        ])
    func refused(good: String, bad: String) {
        let malformed = WebAuthnError(.malformed, zh: "", en: "")
        if Self.registration.contains(good) {
            let changed = Self.registration.replacing(good, with: bad)
            #expect(throws: malformed) { _ = try RegistrationResponse(json: changed) }
        }
        if Self.assertion.contains(good) {
            let changed = Self.assertion.replacing(good, with: bad)
            #expect(throws: malformed) { _ = try AssertionResponse(json: changed) }
        }
    }
}
