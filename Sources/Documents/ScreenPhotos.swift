import Credential
import Dispatch
import Parsing
import Photos
import Rendering
import Signing
import Store

/// Holders' photos for screens.
package struct ScreenPhotos: Sendable {
    /// Pixels. Enough for a photo of 35 mm at twice a screen's density.
    private static let width = 360

    private let photos: PhotoDesk
    private let store: any Store
    private let workers: ParsingPool
    /// Waits for workers, so that requests never do.
    private let decoding = DispatchQueue(label: "holders' photos")

    package init(_ photos: PhotoDesk, store: any Store, workers: ParsingPool) {
        (self.photos, self.store, self.workers) = (photos, store, workers)
    }

    /// The one that was approved, as JPEG. None for a file that is no picture: that is said where documents are made.
    package func photo(
        of version: SealedVersion, _ certificate: Certificate, _ record: PrivateRecord
    ) async throws -> [UInt8]? {
        let photos = try await photos.photos(of: version.batch, certificate.institution)
        guard let file = try photos.photo(number: certificate.number, record).bytes,
            let approved = try await store.read({ try $0.photo(ofRow: version.sheetRow, of: version.batch) }),
            try SHA256.digest(file) == approved
        else { return nil }
        return await withCheckedContinuation { continuation in
            decoding.async { [workers] in
                let use = PictureUse.screen(width: Self.width)
                continuation.resume(returning: try? workers.picture(file, named: "", for: use).jpeg())
            }
        }
    }
}
