import Credential
import PDFSignature
import Seal
import Signing
import StatusList
import TestSupport
import Testing
import Trust
import Verification

/// One document in front of one verifier: everything right until a test changes something.
struct DocumentScene {
    var scene: Scene
    var texts = DocumentScene.texts
    var seal: [UInt8]?
    var signer: PrivateKey
    let issuer: X509Issuer

    static let texts = [
        "姓名", "王 小明", "物流服务师", "冷链物流员", "三级/高级工", "证书编号：Y000037000001263000042", "潍坊职业学院",
        "2026年6月30日",
    ]

    init() throws {
        scene = try Scene()
        seal = try scene.seal()
        signer = scene.key
        issuer = try X509Issuer(
            .generate(.es256), authority: "中心", notBefore: Scene.issuedAt - 1000, notAfter: Scene.issuedAt + 1000)
    }

    func pdf() throws -> [UInt8] {
        let certificate = try issuer.certify(
            signer.publicKey, organisation: "潍坊职业学院", identifier: "4137012391", notBefore: Scene.issuedAt - 1000,
            notAfter: Scene.issuedAt + 1000)
        let identity = try PDFSigningIdentity(
            key: signer, chain: X509Chain([certificate, issuer.certificate]))
        return try PDFSigner(identity).sign(
            SamplePage.pdf(texts: texts),
            attachment: seal.map { PDFAttachment(name: "seal.cose", mediaType: "application/cose", bytes: $0) },
            PDFSignatureDetails(name: "潍坊职业学院", reason: "证书", signingTime: Scene.issuedAt + 10))
    }

    /// - Parameter codes: what is found on its pages.
    func verdict(of pdf: [UInt8]? = nil, codes: [String] = []) throws -> Verdict {
        try DocumentVerifier(trust: scene.trust(), now: scene.now, isTrustCurrent: scene.isTrustCurrent)
            .verify({ try SignedPDF(pdf ?? self.pdf()) }, codes: { codes })
    }

    static func verdict(_ change: (inout DocumentScene) throws -> Void) throws -> Verdict {
        var scene = try DocumentScene()
        try change(&scene)
        return try scene.verdict()
    }

    /// The verdict on another program's page with these codes.
    static func copy(_ codes: (inout Scene) throws -> [[UInt8]]) throws -> Verdict {
        var scene = try DocumentScene()
        let texts = try codes(&scene.scene).map { QRText.text(host: "any.example", seal: $0) }
        return try scene.verdict(of: SamplePage.pdf(), codes: ["https://college.example/"] + texts)
    }

    /// The verdict on the document with something after its end.
    static func verdict(appended: String) throws -> Verdict {
        let scene = try DocumentScene()
        return try scene.verdict(of: scene.pdf() + Array(appended.utf8))
    }
}

@Suite struct DocumentTests {
    static let ways: [ReasonTests.Way] = [
        .init(.documentUnreadable, .document, .couldNotCheck) { DocumentVerifier.unreadable },
        .init(.documentEmpty, .document, .couldNotCheck) { try DocumentScene().verdict(of: []) },
        .init(.documentDamaged, .document, .couldNotCheck) {
            let scene = try DocumentScene()
            return try scene.verdict(of: scene.pdf().dropLast(100) + [])
        },
        .init(.documentNotOriginal, .document, .couldNotCheck) { try DocumentScene().verdict(of: SamplePage.pdf()) },
        .init(.documentCopy, .document, .couldNotCheck) { try DocumentScene.copy { [try $0.seal()] } },
        .init(.documentSeveralCodes, .document, .couldNotCheck) {
            try DocumentScene.copy { [try $0.seal(), try $0.seal(by: $0.stranger)] }
        },
        .init(.documentEncrypted, .document, .couldNotCheck) {
            try DocumentScene().verdict(of: Array("%PDF-1.7\ntrailer << /Encrypt 3 0 R >>\n%%EOF\n".utf8))
        },
        .init(.documentMerged, .document, .couldNotCheck) {
            try DocumentScene().verdict(of: Array("%PDF-1.7\n<</Type/Page>> <</Type /Page >>\n%%EOF\n".utf8))
        },
        .init(.documentSpaceBehind, .document, .couldNotCheck) { try DocumentScene.verdict(appended: "\r\n") },
        .init(.documentChanged, .document) {
            let scene = try DocumentScene()
            var pdf = try scene.pdf()
            let position = try #require(pdf.indices.first { pdf[$0...].starts(with: Array("72 800".utf8)) })
            pdf[position] = UInt8(ascii: "8")
            return try scene.verdict(of: pdf)
        },
        .init(.documentAppended, .document) { try DocumentScene.verdict(appended: "%%EOF\n") },
        .init(.documentAnnotated, .document) {
            try DocumentScene.verdict(appended: "20 0 obj\n<< /Type /Annot /Subtype /Stamp >>\nendobj\n")
        },
        .init(.documentOverlaid, .document) {
            try DocumentScene.verdict(appended: "4 0 obj\n<< /Length 0 >>\nstream\n\nendstream\nendobj\n")
        },
        .init(.attachmentReplaced, .document) {
            try DocumentScene.verdict(appended: "20 0 obj\n<< /Type /EmbeddedFile >>\nendobj\n")
        },
        .init(.documentSignerUnknown, .document) {
            try DocumentScene.verdict {
                $0.signer = $0.scene.stranger
                $0.scene.isTrustCurrent = true
            }
        },
        .init(.documentSignerMismatch, .document) {
            try DocumentScene.verdict {
                let other = try PrivateKey.generate(.es256)
                var institution = $0.scene.list.institutions[0]
                institution.id = "4137012392"
                institution.keys = [.init(other.publicKey, from: Scene.issuedAt)]
                $0.scene.list.institutions.append(institution)
                $0.signer = other
            }
        },
        .init(.documentKeyCompromised, .document, .couldNotCheck) {
            try DocumentScene.verdict {
                // Another key of the same institution, so that the seal's own stands.
                let other = try PrivateKey.generate(.es256)
                var entry = TrustList.Key(other.publicKey, from: Scene.issuedAt - 1000)
                entry.state = .compromised
                entry.compromisedSince = Scene.issuedAt + 11
                $0.scene.list.institutions[0].keys.append(entry)
                $0.signer = other
            }
        },
        .init(.sealMissing, .document) { try DocumentScene.verdict { $0.seal = nil } },
        .init(.documentContradictsSeal, .document) {
            try DocumentScene.verdict { $0.texts[4] = "一级/高级技师" }
        },
    ]

    @Test func anUntouchedDocumentIsValid() throws {
        let verdict = try DocumentScene().verdict()
        #expect(verdict.outcome == .valid)
        #expect(verdict.certificate == SampleCertificate.typical)
        #expect(verdict.checks.map(\.name) == Check.Name.allCases)
    }

    /// Whatever is left out or written otherwise.
    @Test(arguments: [1, 2, 3, 4, 5, 6, 7])
    func eachSealedFieldIsSought(_ index: Int) throws {
        #expect(try DocumentScene.verdict { $0.texts.remove(at: index) }.reason == .documentContradictsSeal)
    }

    @Test func aDayIsNotTakenForThePartOfAnother() throws {
        let verdict = try DocumentScene.verdict { $0.texts[7] = "130 June 2026" }
        #expect(verdict.reason == .documentContradictsSeal)
        #expect(try DocumentScene.verdict { $0.texts[7] = "on 30 June 2026." }.outcome == .valid)
    }

    @Test func anOlderTrustListIsNoBasisForADocumentEither() throws {
        let document = try DocumentScene()
        for (ahead, reason) in [(0, Reason?.none), (1, .trustListRolledBack)] {
            var scene = document.scene
            let sequence = scene.list.sequence + ahead
            try scene.takeStatus { $0.trustSequence = sequence }
            let verdict = try DocumentVerifier(
                trust: scene.trust(), status: scene.status, now: scene.now, isTrustCurrent: false
            ).verify { try SignedPDF(document.pdf()) }
            #expect(verdict.reason == reason && verdict.result(.document) == (reason.map { .unknown($0) } ?? .pass))
        }
    }

    /// Bytes turned or cut anywhere are never valid, and never more than a verdict.
    @Test func noChangeOfBytesIsOverlooked() throws {
        let scene = try DocumentScene()
        let pdf = try scene.pdf()
        let verifier = try DocumentVerifier(trust: scene.scene.trust(), now: scene.scene.now, isTrustCurrent: false)
        #expect(try verifier.verify { try SignedPDF(pdf) }.outcome == .valid, "control")
        let hexadecimal = Array(
            scene.issuer.certificate.der.map { byte in
                String(byte >> 4, radix: 16, uppercase: true) + String(byte & 15, radix: 16, uppercase: true)
            }.joined().utf8)
        let start = try #require(pdf.indices.first { pdf[$0...].starts(with: hexadecimal) })
        let authority = start..<(start + hexadecimal.count)
        let dictionary = try #require(pdf.indices.first { pdf[$0...].starts(with: Array("<< /Type /Sig /".utf8)) })
        let gap = try #require(pdf[dictionary...].indices.first { pdf[$0...].starts(with: Array("/Contents <".utf8)) })
        let close = try #require(pdf[(gap + 11)...].firstIndex(of: UInt8(ascii: ">")))
        for index in stride(from: 0, to: pdf.count, by: 3) {
            var changed = pdf
            changed[index] ^= UInt8(1 << (index % 7))
            // The authority's certificate is there for readers; nothing here rests on it.
            if authority.contains(index) { continue }
            let verdict = try verifier.verify { try SignedPDF(changed) }
            // Without its own marks a signature cannot be told from another program's work.
            let isMark = index < 5 || (dictionary..<gap + 11).contains(index) || index == close
            let isAnswered = verdict.outcome == .notValid || isMark && verdict.outcome == .couldNotCheck
            #expect(isAnswered, "byte \(index): \(verdict.checks)")
        }
        for count in stride(from: 0, to: pdf.count, by: 17) {
            let verdict = try verifier.verify { try SignedPDF(Array(pdf[..<count])) }
            #expect(verdict.outcome == .couldNotCheck, "cut to \(count)")
        }
    }

    @Test("the code on a copy is judged: what is wrong with it is said, and no copy is valid")
    func copies() throws {
        let genuine = try DocumentScene.copy { [try $0.seal()] }
        #expect(genuine.certificate != nil && genuine.outcome == .couldNotCheck)
        let forged = try DocumentScene.copy {
            let seal = try $0.seal()
            return [try seal.dropLast() + [#require(seal.last) ^ 1]]
        }
        #expect(forged.outcome == .notValid && forged.reason == .badSignature && forged.certificate == nil)
        let stale = try DocumentScene.copy {
            $0.now = $0.list.nextUpdate + 1
            return [try $0.seal()]
        }
        #expect(stale.outcome == .couldNotCheck && stale.reason == .documentNotOriginal)
        #expect(try DocumentScene.copy { _ in [[0xD2, 0x84]] }.reason == .documentNotOriginal)
        // What bears a signature of ours and was changed is not looked at for codes.
        let scene = try DocumentScene()
        let text = QRText.text(host: "any.example", seal: try scene.scene.seal())
        #expect(try scene.verdict(of: scene.pdf() + Array("%%EOF\n".utf8), codes: [text]).reason == .documentAppended)
    }
}
