import CPango
import CTurboJPEG

/// A picture's pixels, upright, as whoever decoded it gives them: nothing here reads a picture's file.
package struct Picture: Sendable {
    package let width: Int
    package let height: Int
    /// 3: red, green, blue; 4: opacity behind them.
    private let channels: Int
    private let bytes: [UInt8]
    private static let quality: Int32 = 88
    /// What cairo takes.
    private static let maximumSide = 32_767

    /// Rows from the top without gaps. Nil where the lengths do not agree.
    package init?(width: Int, height: Int, channels: Int, bytes: [UInt8]) {
        guard (1...Self.maximumSide).contains(width), (1...Self.maximumSide).contains(height),
            channels == 3 || channels == 4, bytes.count == width * height * channels
        else { return nil }
        (self.width, self.height, self.channels, self.bytes) = (width, height, channels, bytes)
    }

    /// A JPEG file that a PDF takes up as it is.
    package func jpeg() throws(DocumentProblem) -> [UInt8] {
        guard let codec = tjInitCompress() else { throw .libraryFailed("out of memory") }
        defer { tjDestroy(codec) }
        var (buffer, count): (UnsafeMutablePointer<UInt8>?, UInt) = (nil, 0)
        defer { tjFree(buffer) }
        let format = Int32((channels == 4 ? TJPF_RGBA : TJPF_RGB).rawValue)
        let status = tjCompress2(
            codec, bytes, Int32(width), 0, Int32(height), format, &buffer, &count, Int32(TJSAMP_420.rawValue),
            Self.quality, 0)
        guard status == 0, let buffer else {
            throw .libraryFailed("a JPEG could not be written: \(String(cString: tjGetErrorStr2(codec)))")
        }
        return Array(UnsafeBufferPointer(start: buffer, count: Int(count)))
    }

    /// A cairo surface with the same pixels, to be destroyed by the caller.
    func surface() throws(DocumentProblem) -> OpaquePointer {
        guard let surface = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, Int32(width), Int32(height)),
            let target = cairo_image_surface_get_data(surface)
        else { throw .libraryFailed("out of memory") }
        let stride = Int(cairo_image_surface_get_stride(surface))
        bytes.withUnsafeBufferPointer { source in
            for row in 0..<height {
                for column in 0..<width {
                    let from = (row * width + column) * channels
                    let alpha = channels == 4 ? UInt32(source[from + 3]) : 255
                    func premultiplied(_ value: UInt8) -> UInt32 { (UInt32(value) * alpha + 127) / 255 }
                    let pixel =
                        alpha << 24 | premultiplied(source[from]) << 16 | premultiplied(source[from + 1]) << 8
                        | premultiplied(source[from + 2])
                    (target + row * stride + column * 4).withMemoryRebound(to: UInt32.self, capacity: 1) {
                        $0.pointee = pixel
                    }
                }
            }
        }
        cairo_surface_mark_dirty(surface)
        return surface
    }
}
