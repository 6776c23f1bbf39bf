import CQRencode

/// The QR symbol of a seal: the address in a byte segment, the digits in a numeric one.
///
/// Error correction is level M: at a fixed printed size a higher one makes smaller modules, which
/// costs more readings than it saves. Texts too long for that, such as long names of long-named institutions, have level
/// L: modules as large, of which fewer may be spoilt.
package struct QRSymbol: Equatable, Sendable {
    /// The largest version that still prints at 30 mm with modules of 0.35 mm.
    package static let defaultVersionLimit = 15
    /// Light modules that a reader needs on every side (ISO/IEC 18004).
    package static let quietZone = 4

    /// How much of a symbol may be spoilt (ISO/IEC 18004): 15 % or 7 %.
    package enum Correction: Sendable { case medium, low }

    package let correction: Correction
    /// 1…40.
    package let version: Int
    /// Modules on each side, without the quiet zone: 17 + 4 × version.
    package let side: Int
    /// Row by row from the top left; true is dark.
    package let modules: [Bool]

    /// - Parameter text: `https://HOST/c#DIGITS`, as docs/formats/seal.md has it.
    package init(text: String, versionLimit: Int = defaultVersionLimit) throws(QRProblem) {
        try self.init(QRSegments(text: text), versionLimit: versionLimit)
    }

    /// Of any address, for screens, where the symbol may be of any size.
    ///
    /// - Parameter address: printable ASCII without spaces.
    package init(address: String) throws(QRProblem) { try self.init(QRSegments(address: address), versionLimit: 40) }

    private init(_ segments: QRSegments, versionLimit: Int) throws(QRProblem) {
        var (made, correction) = (try segments.encode(QR_ECLEVEL_M), Correction.medium)
        if made.map({ Int($0.pointee.version) > versionLimit }) ?? true {
            if let made { QRcode_free(made) }
            (made, correction) = (try segments.encode(QR_ECLEVEL_L), .low)
        }
        guard let code = made else { throw segments.misfit(version: nil, limit: versionLimit) }
        defer { QRcode_free(code) }
        version = Int(code.pointee.version)
        self.correction = correction
        guard version <= versionLimit else { throw segments.misfit(version: version, limit: versionLimit) }
        side = Int(code.pointee.width)
        // Each byte is a module with its role in the high bits; the lowest bit is its colour.
        modules = UnsafeBufferPointer(start: code.pointee.data, count: side * side).map { $0 & 1 == 1 }
    }

    /// False outside the symbol, where the quiet zone is.
    package func isDark(row: Int, column: Int) -> Bool {
        guard (0..<side).contains(row), (0..<side).contains(column) else { return false }
        return modules[row * side + column]
    }
}

/// A QR text cut where its encoding changes. Cutting here, and not by libqrencode's guess, keeps
/// digits of the host name from costing a change of mode.
private struct QRSegments {
    let address: [UInt8]
    let digits: [UInt8]

    init(text: String) throws(QRProblem) {
        let bytes = Array(text.utf8)
        guard text.hasPrefix("https://"), let mark = bytes.firstIndex(of: UInt8(ascii: "#")) else {
            throw .malformedText
        }
        address = Array(bytes[...mark])
        digits = Array(bytes[(mark + 1)...])
        guard address.allSatisfy({ (0x21...0x7E).contains($0) }), !digits.isEmpty,
            digits.allSatisfy({ (0x30...0x39).contains($0) })
        else { throw .malformedText }
    }

    init(address text: String) throws(QRProblem) {
        (address, digits) = (Array(text.utf8), [])
        guard address.allSatisfy({ (0x21...0x7E).contains($0) }) else { throw .malformedText }
    }

    /// The smallest symbol, to be freed by the caller; nil when no version is large enough.
    func encode(_ level: QRecLevel) throws(QRProblem) -> UnsafeMutablePointer<QRcode>? {
        // Version 0 lets the library take the smallest.
        guard let input = QRinput_new2(0, level) else { throw .libraryFailed("out of memory") }
        defer { QRinput_free(input) }
        guard QRinput_append(input, QR_MODE_8, Int32(address.count), address) == 0,
            digits.isEmpty || QRinput_append(input, QR_MODE_NUM, Int32(digits.count), digits) == 0
        else { throw .libraryFailed("libqrencode refused a segment") }
        return QRcode_encodeInput(input)
    }

    func misfit(version: Int?, limit: Int) -> QRProblem {
        .doesNotFit(version: version, limit: limit, addressBytes: address.count, digits: digits.count)
    }
}
