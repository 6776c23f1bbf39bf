/// Pixels of a picture, upright: rows from the top without gaps, in the colours of screens (sRGB).
package struct DecodedPicture: Equatable, Sendable {
    /// Of the whole picture, what is printed at 400 dpi over a page of A4.
    package static let maximumPixelCount = 16_000_000

    package let width: Int
    package let height: Int
    /// 3: red, green, blue; 4: opacity behind them.
    package let channels: Int
    package let bytes: [UInt8]

    /// Nil where the lengths do not agree.
    package init?(width: Int, height: Int, channels: Int, bytes: [UInt8]) {
        let (pixels, isTooMany) = width.multipliedReportingOverflow(by: height)
        guard width > 0, height > 0, !isTooMany, pixels <= Self.maximumPixelCount, channels == 3 || channels == 4,
            bytes.count == pixels * channels
        else { return nil }
        (self.width, self.height, self.channels, self.bytes) = (width, height, channels, bytes)
    }

    /// Whether it is what was asked for.
    package func fits(_ use: PictureUse) -> Bool {
        switch use {
        case .portrait(let mostWidth, let mostHeight): channels == 3 && width <= mostWidth && height <= mostHeight
        case .screen(let mostWidth): channels == 3 && width <= mostWidth
        case .whole: true
        }
    }
}
