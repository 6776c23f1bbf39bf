import COpenSSL
import Errors

/// A certificate and those that lead from it to a root, each signed by the next.
package struct X509Chain: Equatable, Sendable {
    /// The key's own certificate first; never empty.
    package let certificates: [X509Certificate]

    package var leaf: X509Certificate { certificates[0] }

    private static let longestChain = 8

    /// Checks each signature, whatever its algorithm.
    package init(_ certificates: [X509Certificate]) throws(SigningError) {
        guard (1...Self.longestChain).contains(certificates.count) else {
            throw SigningError(
                .malformedCertificate, zh: "证书链应有 1 至 \(Self.longestChain) 张证书",
                en: "a chain has 1 to \(Self.longestChain) certificates")
        }
        for (certificate, authority) in zip(certificates, certificates.dropFirst()) {
            guard certificate.issuer == authority.subject, try certificate.isSigned(by: authority) else {
                throw SigningError(
                    .certificateMismatch, zh: "这些证书不成链：每一张须由下一张签名，密钥本身的证书在最前",
                    en: "the certificates are no chain: each must be signed by the next, the key's own first")
            }
        }
        self.certificates = certificates
    }

    /// Reads `-----BEGIN CERTIFICATE-----` blocks.
    package init(pem: String) throws(SigningError) {
        let blocks = try MemoryBIO.reading(pem, "reading certificates") { bio in
            var blocks: [[UInt8]] = []
            while blocks.count <= Self.longestChain, let block = Self.nextBlock(bio) { blocks.append(block) }
            return blocks
        }
        // The end of the text is an error to OpenSSL.
        SigningError.drainErrorQueue()
        var certificates: [X509Certificate] = []
        for block in blocks { certificates.append(try X509Certificate(der: block)) }
        guard !certificates.isEmpty else {
            throw SigningError(.malformedCertificate, zh: "没有找到 PEM 格式的证书", en: "no certificate in PEM form found")
        }
        try self.init(certificates)
    }

    package var pem: String {
        get throws(SigningError) {
            var text = ""
            for certificate in certificates { text += try certificate.pem }
            return text
        }
    }

    private static func nextBlock(_ bio: OpaquePointer) -> [UInt8]? {
        var (name, header): (UnsafeMutablePointer<CChar>?, UnsafeMutablePointer<CChar>?)
        var data: UnsafeMutablePointer<UInt8>?
        var count = 0
        guard PEM_read_bio(bio, &name, &header, &data, &count) == 1 else { return nil }
        defer {
            CRYPTO_free(name, #file, #line)
            CRYPTO_free(header, #file, #line)
            CRYPTO_free(data, #file, #line)
        }
        return Array(UnsafeBufferPointer(start: data, count: count))
    }
}

extension X509Certificate {
    package var pem: String {
        get throws(SigningError) {
            try MemoryBIO.text("writing a certificate") { bio in
                PEM_write_bio(bio, "CERTIFICATE", "", der, der.count) > 0 ? 1 : 0
            }
        }
    }

    fileprivate func isSigned(by authority: X509Certificate) throws(SigningError) -> Bool {
        let certificate = try handle()
        defer { X509_free(certificate) }
        let issuer = try authority.handle()
        defer { X509_free(issuer) }
        guard let key = X509_get0_pubkey(issuer) else {
            throw .library("reading a certificate's key", code: .malformedCertificate)
        }
        return try VerificationResult.isValid(X509_verify(certificate, key), "checking a certificate")
    }

    private func handle() throws(SigningError) -> OpaquePointer {
        let certificate = der.withUnsafeBufferPointer { buffer -> OpaquePointer? in
            var cursor = buffer.baseAddress
            return d2i_X509(nil, &cursor, buffer.count)
        }
        guard let certificate else { throw .library("reading a certificate", code: .malformedCertificate) }
        return certificate
    }
}
