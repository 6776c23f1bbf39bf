import Files
import Signing

/// `recorded/KID` beside a trust list: what compromised keys had signed before.
package struct RecordedFolder {
    package let path: String

    package init(besideTrustList trustPath: String) {
        path = (trustPath.lastIndex(of: "/").map { String(trustPath[...$0]) } ?? "") + "recorded"
    }

    package func file(_ kid: KeyID) -> String { "\(path)/\(kid)" }

    /// The list with those files that are there and are the ones it names.
    ///
    /// - Parameter onForeign: called with the path of one that the list does not name.
    package func completed(
        _ list: VerifiedTrustList, onForeign: (String) -> Void = { _ in }
    ) -> VerifiedTrustList {
        var list = list
        for kid in list.keysWithRecordedSeals {
            guard let bytes = try? DurableFile.read(file(kid)) else { continue }
            if !list.add(recordedSeals: bytes, of: kid) {
                onForeign(file(kid))
            }
        }
        return list
    }
}
