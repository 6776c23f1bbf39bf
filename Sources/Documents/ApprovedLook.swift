import Audit
import Credential
import Encodings
import Errors
import Files
import Issuance
import Rendering
import Signing
import Store
import Synchronization

/// The look of a batch's documents as it was approved: nothing else is drawn of it.
package struct ApprovedLook: Sendable {
    private let photos: BatchPhotos?
    /// SHA-256 of each row's photo, of those to be drawn.
    private let approved: [Int: [UInt8]]

    /// Refuses settings and photos that were not approved.
    ///
    /// - Parameters:
    ///   - row: the one to be drawn; nil for the whole batch.
    ///   - photos: where the holders' photos are; nil to print none.
    package init(
        of batch: Batch, row: Int? = nil, _ settings: DocumentSettings, photos: PhotoDesk?, in store: any HolderStore
    ) async throws {
        guard let statement = batch.statement else {
            throw PrintingError(
                .notAsApproved, zh: "批次 \(batch.id.value) 批准时的内容无法读取",
                en: "what was approved of batch \(batch.id.value) cannot be read",
                remedy: .approveDocuments)
        }
        approved = try await store.read { reader in
            guard let row else { return try reader.photos(of: batch.id) }
            return try reader.photo(ofRow: row, of: batch.id).map { [row: $0] } ?? [:]
        }
        let hasPhotos = statement.look.parts[.photos] != nil
        self.photos = try await photos?.photos(of: batch.id, batch.institution)
        var differing = settings.look.differences(from: statement.look).filter { $0 != .photos }.map(\.words)
        if !hasPhotos, self.photos?.folder.isEmpty == false {
            differing.append(BilingualText(zh: "批准时没有照片", en: "no photos were approved"))
        }
        if hasPhotos, photos == nil {
            differing.append(BilingualText(zh: "批准时有照片，现在没有给出", en: "photos were approved, and none are given"))
        }
        guard differing.isEmpty else {
            throw PrintingError(
                .notAsApproved,
                zh: "批次 \(batch.id.value) 的文件会与批准时不同：\(differing.map(\.zh).joined(separator: "；"))。"
                    + "请按批准的样子制作，或按现在的样子重新批准",
                en:
                    "documents of batch \(batch.id.value) would not look as approved: \(differing.map(\.en).joined(separator: "; ")). "
                    + "Make them as approved, or approve them as they are now", remedy: .approveDocuments)
        }
    }

    func photo(of certificate: Certificate, _ record: PrivateRecord, row: Int) throws -> HolderPhoto {
        let photo = try photos?.photo(number: certificate.number, record) ?? .none
        guard try photo.bytes.map({ try SHA256.digest($0) }) == approved[row] else {
            throw DocumentProblem.photoNotApproved
        }
        return photo
    }
}

extension DocumentLook.Part {
    fileprivate var words: BilingualText {
        switch self {
        case .template: BilingualText(zh: "模板不同", en: "the template is another")
        case .sealImage: BilingualText(zh: "印章图片不同", en: "the seal image is another")
        case .pictures: BilingualText(zh: "模板中的图片不同", en: "a picture of the template is another")
        case .fonts: BilingualText(zh: "字体不同", en: "the fonts are others")
        case .photos: BilingualText(zh: "照片不同", en: "the photos are others")
        }
    }
}

extension DocumentLook {
    /// Of everything but the photos.
    ///
    /// - Parameter pictures: the template's, and the institution's seal image.
    package init(_ template: PageTemplate, pictures: [String: [UInt8]]) throws {
        var parts: [Part: [UInt8]] = [
            .template: try SHA256.digest(template.json), .fonts: try FontDigests.digest(of: template.fontFiles()),
        ]
        parts[.sealImage] = try pictures[PageRenderer.sealImageName].map { try SHA256.digest($0) }
        let named = pictures.filter { $0.key != PageRenderer.sealImageName }.sorted { $0.key < $1.key }
        if !named.isEmpty {
            let lines = try named.map { "\(try Hex.encode(SHA256.digest($0.value))) \($0.key)\n" }
            parts[.pictures] = try SHA256.digest(Array(lines.joined().utf8))
        }
        self.init(parts)
    }
}

/// Digests of font files, which are large and the same for all templates.
private enum FontDigests {
    private static let known = Mutex<[String: [UInt8]]>([:])

    /// Of the files' bytes, whatever they are called.
    static func digest(of files: Set<String>) throws -> [UInt8] {
        let digests = try files.map { file in
            if let digest = known.withLock({ $0[file] }) { return Hex.encode(digest) }
            let digest = try SHA256.digest(DurableFile.read(file))
            known.withLock { $0[file] = digest }
            return Hex.encode(digest)
        }
        return try SHA256.digest(Array(digests.sorted().joined(separator: "\n").utf8))
    }
}
