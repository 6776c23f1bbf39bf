import Credential
import Encodings
import Errors
import Results
import Signing
import Store

/// A line of a manifest: one PDF in the folder.
package struct ManifestEntry: Hashable, Sendable {
    package let fileName: String
    package let number: String
    package let version: Int
    package let serial: Int
    package let byteCount: Int
    /// SHA-256, lower-case hexadecimal.
    package let digest: String

    package init(_ document: MadeDocument) {
        fileName = document.fileName
        number = document.number.text
        version = document.key.version
        serial = document.serial
        byteCount = document.bytes.count
        digest = Hex.encode(document.digest)
    }

    init?(cells: [String]) {
        guard cells.count == Self.header.count, let version = Int(cells[2]), let serial = Int(cells[3]),
            let byteCount = Int(cells[4])
        else { return nil }
        (fileName, number, digest) = (cells[0], cells[1], cells[5])
        (self.version, self.serial, self.byteCount) = (version, serial, byteCount)
    }

    static let header = ["file", "number", "version", "print", "bytes", "sha256"]
    var cells: [String] { [fileName, number, String(version), String(serial), String(byteCount), digest] }
}

/// `manifest.csv`: what is in a folder of documents, and at the same time the journal by which a run
/// that was stopped goes on. A file is in it only after it is durable.
package enum DocumentManifest {
    package static let fileName = "manifest.csv"

    package static func text(_ entries: [ManifestEntry], withHeader: Bool) -> [UInt8] {
        var writer = CSVWriter(byteOrderMark: withHeader)
        if withHeader { writer.append(ManifestEntry.header) }
        for entry in entries { writer.append(entry.cells) }
        return writer.take()
    }

    /// - Parameter bytes: whole lines; what a crash left of a last one is cut off before.
    package static func entries(_ bytes: [UInt8]) throws(PrintingError) -> [ManifestEntry] {
        let text = String(decoding: bytes, as: UTF8.self)
        var entries: [ManifestEntry] = []
        for (index, line) in text.split(separator: "\r\n").enumerated() where index > 0 {
            // Names of files have neither quotes nor commas beyond a holder's name, which may have neither.
            let cells = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            guard let entry = ManifestEntry(cells: cells) else {
                throw PrintingError(
                    .manifest, zh: "\(fileName) 第 \(index + 1) 行不是 Signet 所写；请另选文件夹，或删除该文件",
                    en: "line \(index + 1) of \(fileName) is not Signet's; choose another folder, or remove it")
            }
            entries.append(entry)
        }
        return entries
    }
}
