import Credential
import Errors
import Issuance
import PersonalData
import Seal
import Signing
import Store
import Synchronization

/// A holder's photo, or why there is none although files are there. The words hold no holder data.
package struct HolderPhoto: Sendable {
    package enum Problem: String, Sendable, CustomStringConvertible {
        case severalOwners, severalFiles

        package var description: String {
            switch self {
            case .severalOwners:
                "another candidate of the batch has a number by which the photo is named, so it was left out; name the "
                    + "photo by certificate number  照片以同批另一考生也有的号码命名，未予印制，请改用证书编号命名"
            case .severalFiles:
                "several files could be the photo, so it was left out; keep one, or name it by certificate number  "
                    + "有多个文件可能是该照片，未予印制，请只留一个，或改用证书编号命名"
            }
        }
    }

    package static let none = HolderPhoto()
    package var bytes: [UInt8]?
    /// Of the file, for what refuses it: in full only where it is a certificate number.
    package var name = ""
    package var problem: Problem?
}

/// The photos of a batch's holders. A photo is printed only when it can be nobody else's.
package struct BatchPhotos: Sendable {
    let folder: PhotoFolder
    /// Numbers that more than one person of the batch has, in lower case.
    let shared: Set<String>

    /// - Parameter number: nil for a certificate that has none yet.
    package func photo(number: CertificateNumber?, _ record: PrivateRecord) throws -> HolderPhoto {
        // Certificate numbers are the authority's own and unique, so they decide whatever else is there.
        let decided = number.map { folder.files(named: $0.text) } ?? []
        let names = decided.isEmpty ? Self.names(in: record) : []
        let files = decided.isEmpty ? names.flatMap { folder.files(named: $0) } : decided
        guard let file = files.first else { return .none }
        guard files.count == 1 else { return HolderPhoto(problem: .severalFiles) }
        guard !names.contains(where: { shared.contains($0) && !folder.files(named: $0).isEmpty }) else {
            return HolderPhoto(problem: .severalOwners)
        }
        guard let bytes = folder.bytes(file) else {
            throw PrintingError(
                .fileAccess, zh: "有一张照片无法读取；请检查该文件夹的读取权限", en: "a photo cannot be read; check who may read the folder")
        }
        return HolderPhoto(bytes: bytes, name: decided.isEmpty ? Self.masked(file) : file)
    }

    /// Enough to find the file by: student and identity numbers are nobody else's business.
    private static func masked(_ file: String) -> String {
        let end = file.lastIndex(of: ".") ?? file.endIndex
        return "…" + file[..<end].suffix(4) + file[end...]
    }

    static func names(in record: PrivateRecord) -> Set<String> {
        Set([record.studentNumber, record.document.number].filter { !$0.isEmpty }.map { $0.lowercased() })
    }
}

/// Finds the photos of any batch. Files are looked up anew each time, as photos come and go.
package final class PhotoDesk: Sendable {
    private let path: String
    private let store: any HolderStore
    private let dataKeys: DataKeys
    private let known = Mutex<[BatchID: Set<String>]>([:])

    package init(_ path: String, store: any HolderStore, dataKeys: DataKeys) {
        (self.path, self.store, self.dataKeys) = (path, store, dataKeys)
    }

    /// Whether a folder of photos can be read and holds no photo that could be anybody's.
    package static func check(_ path: String) throws { try PhotoFolder.check(path) }

    package func photos(of batch: BatchID, _ institution: InstitutionID) async throws -> BatchPhotos {
        let folder = try PhotoFolder(path, of: institution)
        if let shared = known.withLock({ $0[batch] }) { return BatchPhotos(folder: folder, shared: shared) }
        let shared = try await sharedNumbers(in: batch)
        known.withLock { $0[batch] = shared }
        return BatchPhotos(folder: folder, shared: shared)
    }

    private func sharedNumbers(in batch: BatchID) async throws -> Set<String> {
        var numbers = SharedNumbers()
        try await forEachHolder(of: batch) { _, record, _ in numbers.add(record) }
        return numbers.shared
    }

    private func forEachHolder(
        of batch: BatchID, _ body: (Certificate, PrivateRecord, _ row: Int) throws -> Void
    ) async throws {
        let protector = try IdentityProtector(dataKeys)
        var last: CertificateKey?
        while true {
            let after = last
            let page = try await store.read { try $0.newestSealedVersions(of: batch, after: after, limit: 512) }
            guard let end = page.last else { return }
            for version in page {
                let certificate = try CertificateClaims(decoding: version.payload[...]).certificate
                try body(certificate, protector.open(version.privateBox, for: certificate.id), version.sheetRow)
            }
            last = end.key.certificate
        }
    }
}

// MARK: - Approving

extension PhotoDesk {
    /// SHA-256 of the photo that each row of a plan would get, and why there is none although files are there.
    package func digests(
        of records: [Int: PrivateRecord], _ institution: InstitutionID
    ) throws -> (digests: [Int: [UInt8]], problems: [Int: HolderPhoto.Problem]) {
        var numbers = SharedNumbers()
        for record in records.values { numbers.add(record) }
        let photos = BatchPhotos(folder: try PhotoFolder(path, of: institution), shared: numbers.shared)
        var (digests, problems): ([Int: [UInt8]], [Int: HolderPhoto.Problem]) = ([:], [:])
        for (row, record) in records {
            let photo = try photos.photo(number: nil, record)
            digests[row] = try photo.bytes.map { try SHA256.digest($0) }
            problems[row] = photo.problem
        }
        return (digests, problems)
    }

    /// SHA-256 of the photo that each row of an issued batch would get.
    package func digests(of batch: Batch) async throws -> [Int: [UInt8]] {
        let photos = try await photos(of: batch.id, batch.institution)
        var digests: [Int: [UInt8]] = [:]
        try await forEachHolder(of: batch.id) { certificate, record, row in
            digests[row] = try photos.photo(number: certificate.number, record).bytes.map { try SHA256.digest($0) }
        }
        return digests
    }
}

/// Numbers that more than one person of a batch has.
private struct SharedNumbers {
    private(set) var shared: Set<String> = []
    /// By hashes of this process, as a batch may be large.
    private var owners: [Int: Int] = [:]

    mutating func add(_ record: PrivateRecord) {
        let person = record.document.hashValue
        for name in BatchPhotos.names(in: record) {
            if owners[name.hashValue, default: person] != person { shared.insert(name) }
            owners[name.hashValue] = person
        }
    }
}
