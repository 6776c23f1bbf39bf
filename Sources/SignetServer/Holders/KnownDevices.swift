import Credential
import Encodings
import HTTPTypes
import Hummingbird
import Signing

/// Tells a device from which a holder came in before from a stranger's, by a cookie that says nothing to anybody else:
/// random bytes, the time, and their HMAC together with the certificate's number. It opens nothing; it only has tries
/// of its own.
struct KnownDevices: Sendable {
    private static let name = "__Secure-signet-device"
    /// Certificates of one device.
    private static let most = 4
    private static let seconds = 365 * 86_400
    private static let (nonceByteCount, timeByteCount, codeByteCount) = (12, 8, 16)

    let key: [UInt8]
    let now: @Sendable () -> Int

    /// A name of the device that nobody can make up; nil for one that is not known for this certificate.
    func device(in request: Request, of number: CertificateNumber) -> String? {
        tokens(in: request).first { isGood($0, number) }
    }

    /// `Set-Cookie` for who has just come in.
    func cookie(for number: CertificateNumber, in request: Request) throws -> String {
        let others = tokens(in: request).filter { !isGood($0, number) }
        let stamp =
            try SecureRandom.bytes(Self.nonceByteCount) + withUnsafeBytes(of: Int64(now()).bigEndian, Array.init)
        let token = Base64URL.encode(stamp + (try code(stamp, number)))
        let all = ([token] + others.prefix(Self.most - 1)).joined(separator: ".")
        return "\(Self.name)=\(all); Path=/v1/holder; Max-Age=\(Self.seconds); Secure; HttpOnly; SameSite=Strict"
    }

    private func tokens(in request: Request) -> [String] {
        let cookies = request.headers[values: .cookie].flatMap { $0.split(separator: ";") }
        let prefix = Self.name + "="
        guard let cookie = cookies.map({ $0.drop { $0 == " " } }).first(where: { $0.hasPrefix(prefix) }) else {
            return []
        }
        return cookie.dropFirst(prefix.count).split(separator: ".").prefix(Self.most).map(String.init)
    }

    private func isGood(_ token: String, _ number: CertificateNumber) -> Bool {
        let length = Self.nonceByteCount + Self.timeByteCount
        guard let bytes = Base64URL.decode(token), bytes.count == length + Self.codeByteCount,
            let code = try? code(Array(bytes.prefix(length)), number)
        else { return false }
        let issued = bytes[Self.nonceByteCount..<length].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        let isSame = zip(code, bytes.suffix(Self.codeByteCount)).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
        return isSame && Int64(bitPattern: issued) > Int64(now() - Self.seconds)
    }

    private func code(_ stamp: [UInt8], _ number: CertificateNumber) throws -> [UInt8] {
        Array(
            try HMACSHA256(key: key).authenticationCode(for: stamp + Array(number.text.utf8)).prefix(Self.codeByteCount)
        )
    }
}
