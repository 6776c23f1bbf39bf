import AuditLog
import Keyring
import Signing

extension AuditSubject {
    package static func key(_ kid: KeyID, for service: ServiceKey) -> AuditSubject {
        [.key: .text("\(kid)"), .purpose: .text(service.purpose)]
    }
}
