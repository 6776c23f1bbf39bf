import COpenSSL
import Errors

/// What went wrong with a key or a signature. Equal by code; the reason is for people.
package typealias SigningError = CodedError<SigningErrorCode>

package enum SigningErrorCode: String, ErrorCode {
    case unsupportedAlgorithm, malformedKey, malformedSignature, wrongPassphrase, keyNotEncrypted
    case malformedCertificate, certificateMismatch
    case decryptionFailed, randomness, library

    package var category: ErrorCategory {
        switch self {
        case .wrongPassphrase: .denied
        case .keyNotEncrypted: .configuration
        case .unsupportedAlgorithm, .malformedKey, .malformedSignature: .refused
        case .decryptionFailed, .malformedCertificate, .certificateMismatch: .refused
        case .randomness, .library: .library
        }
    }
}

extension SigningError {
    /// A failure inside OpenSSL: takes this thread's whole error queue into the reason, since the
    /// first entry often says only that something below it failed.
    static func library(_ operation: String, code: Code = .library) -> SigningError {
        let queue = drainErrorQueue()
        let reason = queue.isEmpty ? operation : "\(operation) (\(queue.joined(separator: "; ")))"
        return SigningError(code, zh: "\(code.failure)（\(reason)）", en: reason)
    }

    /// Empties this thread's OpenSSL error queue, oldest entry first.
    @discardableResult
    static func drainErrorQueue() -> [String] {
        var entries: [String] = []
        while case let error = ERR_get_error(), error != 0 {
            var text = [CChar](repeating: 0, count: 256)
            ERR_error_string_n(error, &text, text.count)
            let entry = String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
            // Several decoders tried in turn leave the same words each.
            if !entries.contains(entry) { entries.append(entry) }
        }
        return entries
    }
}

extension SigningErrorCode {
    /// What failed, in Chinese; OpenSSL itself speaks English alone.
    fileprivate var failure: String {
        switch self {
        case .wrongPassphrase: "口令不能打开私钥"
        case .malformedKey, .keyNotEncrypted: "无法读取密钥"
        case .malformedCertificate, .certificateMismatch: "无法读取数字证书"
        case .unsupportedAlgorithm: "OpenSSL 不支持所需的功能"
        case .malformedSignature: "无法读取签名"
        case .decryptionFailed: "无法解密"
        case .randomness: "随机数发生器没有给出结果"
        case .library: "OpenSSL 出错"
        }
    }
}

/// Passes a pointer on, or turns nil into an error with the error queue's content.
func require<T>(_ pointer: T?, _ operation: String) throws(SigningError) -> T {
    guard let pointer else { throw .library(operation) }
    return pointer
}

/// Turns any result but 1, which is OpenSSL's success, into an error with the error queue's content.
func require(_ result: Int32, _ operation: String) throws(SigningError) {
    guard result == 1 else { throw .library(operation) }
}
