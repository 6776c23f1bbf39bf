import CPNG

extension QRSymbol {
    package static let scales = 1...64

    /// A PNG of one bit a pixel, with its quiet zone of 4 modules.
    ///
    /// - Parameter scale: pixels on each side of a module, 1…64. Print at 300 dpi wants 5 or more.
    package func png(scale: Int = 8) throws(QRProblem) -> [UInt8] {
        guard Self.scales.contains(scale) else { throw .unusableScale(scale) }
        return try PNGFile.encode(colourIndexes(scale: scale), side: (side + 2 * Self.quietZone) * scale)
    }

    /// One byte a pixel: 0 light, 1 dark.
    private func colourIndexes(scale: Int) -> [UInt8] {
        let extent = side + 2 * Self.quietZone
        var pixels: [UInt8] = []
        pixels.reserveCapacity(extent * extent * scale * scale)
        for row in 0..<extent {
            var line: [UInt8] = []
            line.reserveCapacity(extent * scale)
            for column in 0..<extent {
                let dark = isDark(row: row - Self.quietZone, column: column - Self.quietZone)
                line.append(contentsOf: repeatElement(dark ? 1 : 0, count: scale))
            }
            for _ in 0..<scale { pixels.append(contentsOf: line) }
        }
        return pixels
    }
}

/// Square pictures of two colours. Uses libpng's simplified interface: it alone reports errors by
/// return value, where the classic one jumps (`longjmp`) over Swift frames.
private enum PNGFile {
    /// Grey levels of colour index 0 and 1. Two entries make libpng write one bit a pixel.
    private static let palette: [UInt8] = [255, 0]

    static func encode(_ colourIndexes: [UInt8], side: Int) throws(QRProblem) -> [UInt8] {
        var image = png_image()
        image.version = UInt32(PNG_IMAGE_VERSION)
        image.width = UInt32(side)
        image.height = UInt32(side)
        // Grey is format 0, so its palette form is this flag alone; png.h has no macro for it.
        image.format = UInt32(PNG_FORMAT_FLAG_COLORMAP)
        image.colormap_entries = UInt32(palette.count)
        defer { png_image_free(&image) }

        // Room for the worst case: one byte a pixel is far over one bit, with headers besides.
        var count = png_alloc_size_t(colourIndexes.count + 4096)
        var file = [UInt8](repeating: 0, count: Int(count))
        guard png_image_write_to_memory(&image, &file, &count, 0, colourIndexes, 0, palette) != 0 else {
            throw .libraryFailed(message(of: image))
        }
        file.removeSubrange(Int(count)...)
        return file
    }

    private static func message(of image: png_image) -> String {
        withUnsafeBytes(of: image.message) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    }
}
