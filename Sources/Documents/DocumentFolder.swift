import CArchive
import Files
import Foundation
import Glibc
import Signing

/// A folder that fills with documents. Stopped at any moment, it goes on from its manifest: what that
/// names was durable before the line was written, and what it does not name is made again.
package struct DocumentFolder {
    package let path: String
    private let known: [String: ManifestEntry]
    private let manifest: Int32

    /// Opens the folder, or makes it.
    package init(_ path: String) throws {
        guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw DurableFile.failure(.make, path) }
        self.path = path
        let manifestPath = "\(path)/\(DocumentManifest.fileName)"
        var bytes = access(manifestPath, F_OK) == 0 ? try DurableFile.read(manifestPath) : []
        // A crash may have cut the last line short.
        while !bytes.isEmpty, bytes.last != 0x0A { bytes.removeLast() }
        let entries = try DocumentManifest.entries(bytes)
        known = Dictionary(entries.map { (Self.key($0.number, $0.version), $0) }) { $1 }
        manifest = open(manifestPath, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
        guard manifest >= 0, ftruncate(manifest, bytes.count) == 0, lseek(manifest, 0, SEEK_END) >= 0 else {
            throw DurableFile.failure(.write, manifestPath)
        }
        if bytes.isEmpty { try append(DocumentManifest.text([], withHeader: true)) }
    }

    package func close() { Glibc.close(manifest) }

    /// How many documents were there at the start.
    package var knownCount: Int { known.count }

    /// Whether the first print of this version is here already, whole.
    package func has(number: String, version: Int) -> Bool {
        guard let entry = known[Self.key(number, version)] else { return false }
        var status = stat()
        return stat("\(path)/\(entry.fileName)", &status) == 0 && Int(status.st_size) == entry.byteCount
    }

    /// Makes documents durable, then names them.
    package func add(_ documents: [MadeDocument]) throws {
        for document in documents { try write(document.bytes, to: "\(path)/\(document.fileName)") }
        // One flush for all: ten thousand single ones would take longer than the drawing.
        guard syncfs(manifest) == 0 else { throw DurableFile.failure(.write, path) }
        try append(DocumentManifest.text(documents.map(ManifestEntry.init), withHeader: false))
    }

    /// Every file that the manifest names, for packing them up.
    package func entries() throws -> [ManifestEntry] {
        try DocumentManifest.entries(DurableFile.read("\(path)/\(DocumentManifest.fileName)"))
    }

    private func write(_ bytes: [UInt8], to path: String) throws {
        let file = try TemporaryFile(beside: path, mode: 0o600)
        let count = Glibc.write(file.descriptor, bytes, bytes.count)
        guard count == bytes.count else {
            throw DurableFile.failure(.write, path, count >= 0 ? ENOSPC : errno)
        }
        try file.replace()
    }

    private func append(_ bytes: [UInt8]) throws {
        guard Glibc.write(manifest, bytes, bytes.count) == bytes.count, fsync(manifest) == 0 else {
            throw DurableFile.failure(.write, "\(path)/\(DocumentManifest.fileName)")
        }
    }

    private static func key(_ number: String, _ version: Int) -> String { "\(number)/\(version)" }
}

extension DocumentFolder {
    /// Packs everything into one ZIP beside the folder, in bounded memory.
    ///
    /// - Parameter write: receives the archive piece by piece.
    package func pack(time: Int, write: ([UInt8]) throws -> Void) throws {
        let zip = try ZipStream()
        for entry in try entries() {
            let bytes = try DurableFile.read("\(path)/\(entry.fileName)")
            try zip.add(entry.fileName, bytes, time: time)
            try write(zip.take())
        }
        let manifest = try DurableFile.read("\(path)/\(DocumentManifest.fileName)")
        try zip.add(DocumentManifest.fileName, manifest, time: time)
        try zip.finish()
        try write(zip.take())
    }
}
