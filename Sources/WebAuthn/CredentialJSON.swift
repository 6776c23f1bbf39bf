import Encodings
import FoundationEssentials

extension RegistrationResponse {
    /// From `PublicKeyCredential.toJSON()` (Web Authentication Level 3 §5.1, `RegistrationResponseJSON`).
    package init(json: String) throws(WebAuthnError) {
        let credential: Credential<Attestation> = try decoded(json)
        let response = credential.response
        self.init(
            credentialID: try credential.checkedID, clientDataJSON: try bytes(response.clientDataJSON),
            attestationObject: try bytes(response.attestationObject), transports: response.transports ?? [])
    }
}

extension AssertionResponse {
    /// From `PublicKeyCredential.toJSON()` (§5.1, `AuthenticationResponseJSON`).
    package init(json: String) throws(WebAuthnError) {
        let credential: Credential<Assertion> = try decoded(json)
        let response = credential.response
        self.init(
            credentialID: try credential.checkedID, userHandle: try bytes(response.userHandle ?? ""),
            clientDataJSON: try bytes(response.clientDataJSON),
            authenticatorData: try bytes(response.authenticatorData), signature: try bytes(response.signature))
    }
}

private struct Credential<Response: Decodable>: Decodable {
    let id, rawId, type: String
    let response: Response

    var checkedID: [UInt8] {
        get throws(WebAuthnError) {
            guard id == rawId, type == "public-key" else { throw .malformed("id, rawId or type of the credential") }
            return try bytes(id)
        }
    }
}

private struct Attestation: Decodable {
    let clientDataJSON, attestationObject: String
    let transports: [String]?
}

private struct Assertion: Decodable {
    let clientDataJSON, authenticatorData, signature: String
    /// An authenticator that was asked for one passkey may leave it out (§6.3.3).
    let userHandle: String?
}

private let mostJSONBytes = 1 << 18

private func decoded<T: Decodable>(_ json: String) throws(WebAuthnError) -> T {
    let bytes = Array(json.utf8)
    guard bytes.count <= mostJSONBytes, bytes.withUnsafeBytes(StrictJSON.isAcceptable),
        let value = try? JSONDecoder().decode(T.self, from: Data(bytes))
    else { throw .malformed("the credential is not the JSON that browsers make") }
    return value
}

private func bytes(_ text: String) throws(WebAuthnError) -> [UInt8] {
    guard let bytes = Base64URL.decode(text) else { throw .malformed("a member is not base64url") }
    return bytes
}
