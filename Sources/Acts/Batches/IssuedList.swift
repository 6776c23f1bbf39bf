import Credential
import Errors
import Files
import HomeFolder
import Issuance
import Keyring
import Lookup
import PersonalData
import Results
import Seal
import Signing
import Store

/// The list of a batch's certificates with their QR texts, for printing and handing out.
///
/// Only sealed versions are in it: what is not durable and signed is never shown.
package struct IssuedList {
    /// By this column `verify` knows the header line of such a list.
    package static let qrColumn = "二维码内容"
    private static let header = [
        "行号", "证书编号", "姓名", "证件号码", "学号", "专业", "职业名称", "职业编码", "工种/职业方向", "级别", "机构名称",
        "发证日期", qrColumn,
    ]
    private static let pageSize = 2000

    private let store: any Store
    private let host: String
    private let dataKeys: DataKeys
    private let keys: [KeyID: PublicKey]

    package init(in office: Office) throws {
        store = office.store
        host = office.home.config.host
        dataKeys = try office.home.dataKeys()
        let known = try office.home.keyring.entries().map { ($0.publicKey.kid, $0.publicKey) }
        keys = Dictionary(known) { first, _ in first }
    }

    /// - Parameter sheet: from which the batch was issued, if it is at hand: rows are named as it has them then.
    /// - Returns: how many certificates the list has.
    package func write(_ batch: BatchID, of sheet: ResultSheet? = nil, to path: String) async throws -> Int {
        let protector = try IdentityProtector(dataKeys)
        // Names and masked identity numbers are in it.
        let file = try OutputFile(path, mode: 0o600)
        var writer = CSVWriter()
        writer.append(Self.header)
        var count = 0
        var last: CertificateKey?
        while true {
            let after = last
            let page = try await store.read {
                try $0.newestSealedVersions(of: batch, after: after, limit: Self.pageSize)
            }
            guard let newest = page.last else { break }
            for version in page { writer.append(try line(version, sheet, protector)) }
            try file.write(writer.take())
            count += page.count
            last = newest.key.certificate
        }
        try file.write(writer.take())
        try file.commit()
        return count
    }

    private func line(
        _ version: SealedVersion, _ sheet: ResultSheet?, _ protector: IdentityProtector
    ) throws -> [String] {
        let certificate = try CertificateClaims(decoding: version.payload[...]).certificate
        let record = try protector.open(version.privateBox, for: certificate.id)
        return [
            Self.place(ofRow: version.sheetRow, in: sheet), certificate.number.text, certificate.holderName,
            record.document.masked,
            record.studentNumber, record.major, certificate.occupation.name, certificate.occupation.code,
            certificate.specialisation ?? "", certificate.level.printedName, certificate.institutionName,
            certificate.awardDate.description, try qrText(version),
        ]
    }

    private static func place(ofRow sheetRow: Int, in sheet: ResultSheet?) -> String {
        guard let sheet else { return String(sheetRow) }
        let (table, row) = sheet.place(ofRow: sheetRow)
        return (sheet.tables.count > 1 ? table.name.map { $0 + "!" } ?? "" : "") + String(row)
    }

    private func qrText(_ version: SealedVersion) throws -> String {
        guard let kid = KeyID(bytes: version.keyID), let key = keys[kid] else {
            throw Refusal(
                .configuration, zh: "证书 \(version.number) 的签名密钥在 keys/ 中没有公钥；请放回",
                en:
                    "certificate \(version.number) is signed with a key whose public part is missing from keys/; put it back"
            )
        }
        return version.qrText(host: host, key: key)
    }
}
