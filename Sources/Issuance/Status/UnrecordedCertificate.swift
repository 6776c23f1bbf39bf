import Audit
import AuditLog
import Credential
import Errors
import Seal
import StatusList
import Store

/// A certificate that was lost with a database: its holder has it, and its seal names its place in a status list.
package struct UnrecordedCertificate: Sendable {
    package let number: CertificateNumber
    package let version: Int
    package let place: StatusPlace
    package let status: CertificateStatus

    /// Those of the seals, in their order. One that is in the store, or whose place is another's by now, is refused.
    ///
    /// - Parameters:
    ///   - claims: of seals whose signature and issuer were found right.
    ///   - host: of this installation's status lists.
    package static func all(
        _ claims: [CertificateClaims], host: String, in store: any StoreReading
    ) throws -> [UnrecordedCertificate] {
        let kept = Dictionary(uniqueKeysWithValues: try store.keptStatuses().map { ($0.place, $0.status) })
        let sizes = Dictionary(uniqueKeysWithValues: try store.statusLists().map { ($0.id, $0.size) })
        var byPlace: [StatusPlace: UnrecordedCertificate] = [:]
        var certificates: [UnrecordedCertificate] = []
        for claims in claims {
            let number = claims.certificate.number
            guard let reference = claims.status, let list = StatusListURI.list(in: reference.uri),
                reference.uri == StatusListURI.text(host: host, list: list), reference.index < sizes[list] ?? 0
            else {
                throw IssuanceError(
                    .changeRefused, zh: "证书 \(number) 在 \(host) 的状态列表中没有位置；没有任何更改",
                    en: "certificate \(number) has no place in a status list of \(host); nothing was changed")
            }
            let place = StatusPlace(list: list, index: reference.index)
            let certificate = UnrecordedCertificate(
                number: number, version: claims.certificate.version, place: place, status: kept[place] ?? .valid)
            if byPlace.updateValue(certificate, forKey: place) == nil { certificates.append(certificate) }
        }
        try store.forEachVersion { _, payload in
            let claims = try CertificateClaims(decoding: payload[...])
            guard let reference = claims.status, let list = StatusListURI.list(in: reference.uri),
                let lost = byPlace[StatusPlace(list: list, index: reference.index)]
            else { return }
            throw IssuanceError(
                .changeRefused,
                claims.certificate.number == lost.number
                    ? BilingualText(
                        zh: "证书 \(lost.number) 没有丢失；请给出其编号而不是二维码内容；没有任何更改",
                        en:
                            "certificate \(lost.number) is not lost; give its number instead of its seal; nothing was changed"
                    )
                    : BilingualText(
                        zh: "证书 \(lost.number) 的位置其后已给了另一份证书；没有任何更改",
                        en: "the place of certificate \(lost.number) was given to another since; nothing was changed"))
        }
        return certificates
    }
}

/// A place whose status is to change, with the status it must have now.
struct KeptChange: Sendable {
    let place: StatusPlace
    let from: CertificateStatus
}

extension StatusWriting where Self: AuditWriting {
    /// Of places whose certificates are lost; each is one entry of the audit trail.
    func record(_ act: StatusAct, ofLost changes: [KeptChange]) throws {
        let kept = Dictionary(uniqueKeysWithValues: try keptStatuses().map { ($0.place, $0.status) })
        guard changes.allSatisfy({ kept[$0.place] ?? .valid == $0.from }) else {
            throw StoreError(
                .conflict, zh: "证书的状态已被他人更改；请重新运行该命令",
                en: "the status of a certificate was changed by another; run the command again")
        }
        for list in try statusLists() {
            let places = Set(changes.filter { $0.place.list == list.id && $0.from == .valid }.map(\.place.index))
            if !places.isEmpty { try passOver(list) { places.contains($0) } }
        }
        try keep(changes.map { KeptStatus(place: $0.place, status: act.transition.target) })
        let digest = try keptStatuses().digest()
        for change in changes {
            try append(
                AuditAct(
                    .statusesKept, actor: act.actor,
                    subject: [
                        .transition: .text(act.transition.rawValue), .place: .number(change.place.index),
                        .list: .number(change.place.list), .cause: .text(act.reason.rawValue),
                    ],
                    digest: digest, reason: act.note, time: act.time))
        }
    }

    /// A place that is not valid was given out, even when the counter does not say so.
    package func passOver(_ list: StatusListRecord, upToLast isGivenOut: (Int) throws -> Bool) throws {
        guard !list.isFull else { return }
        let order = try StatusPermutation(size: list.size, key: list.permutationKey)
        let used = try (list.next..<list.size).last { try isGivenOut(order.index($0)) }
        if let used { try setNextStatusIndex(used + 1, of: list.id) }
    }
}
