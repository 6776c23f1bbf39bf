import Credential
import Signing
import Store

/// What the store has of holders, as it was when their certificates were prepared: found by way of the corrections since.
struct AuditedRecords {
    private let corrections: [CertificateKey: [Correction]]

    init(_ store: any StoreReading) throws {
        let changing = try store.appliedCorrections().filter { $0.person != nil }
        corrections = Dictionary(grouping: changing, by: \.key.certificate)
    }

    /// Nil when the corrections do not lead from one record to the next, and to what is kept now.
    func first(of certificate: AuditedCertificate) throws -> [UInt8]? {
        let content = certificate.content
        let now = try content.holding.digest(withBox: content.privateBox)
        guard let corrections = corrections[certificate.key.certificate] else { return now }
        var last: [UInt8]?
        for correction in corrections {
            guard let before = correction.recordBefore, last == nil || before == last else { return nil }
            let holding = Holding(
                person: correction.person ?? [], occupationCode: content.holding.occupationCode,
                level: content.holding.level)
            last = try holding.digest(withBox: correction.privateBox ?? [])
        }
        return last == now ? corrections[0].recordBefore : nil
    }
}

extension Holding {
    /// With the encrypted record of the holder's data. The pseudonym has a fixed length.
    package func digest(withBox privateBox: [UInt8]) throws -> [UInt8] {
        try digest(withBox: privateBox, by: SHA256Hasher())
    }

    /// - Parameter hasher: with nothing in it; used again for many.
    package func digest(withBox privateBox: [UInt8], by hasher: SHA256Hasher) throws -> [UInt8] {
        var bytes = person
        bytes.reserveCapacity(person.count + occupationCode.utf8.count + 2 + privateBox.count)
        bytes.append(UInt8(clamping: level.rawValue))
        bytes.append(contentsOf: occupationCode.utf8)
        bytes.append(0)
        bytes.append(contentsOf: privateBox)
        try hasher.update(bytes)
        return try hasher.finalize()
    }
}

extension SHA256Hasher {
    /// What was prepared of a certificate.
    package func update(_ certificate: NewCertificate, record: [UInt8]) throws {
        var bytes = certificate.payload
        bytes.reserveCapacity(bytes.count + 128)
        bytes.append(contentsOf: certificate.keyID)
        bytes.append(contentsOf: certificate.number.text.utf8)
        bytes.append(0)
        bytes.append(contentsOf: record)
        try update(bytes)
    }
}
