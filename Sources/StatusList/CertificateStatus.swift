/// What a status list says of a certificate's version. The raw values are those of the list: 0 to 2 are
/// the specification's, 3 is application-specific.
package enum CertificateStatus: UInt8, Sendable, CaseIterable {
    case valid = 0
    case revoked = 1
    case suspended = 2
    case superseded = 3

    /// As it is written in the API and on the command line.
    package var name: String {
        switch self {
        case .valid: "valid"
        case .revoked: "revoked"
        case .suspended: "suspended"
        case .superseded: "superseded"
        }
    }
    /// As pages say it.
    package var chinese: String {
        switch self {
        case .valid: "有效"
        case .revoked: "已撤销"
        case .suspended: "已暂停"
        case .superseded: "已换发新版"
        }
    }
}
