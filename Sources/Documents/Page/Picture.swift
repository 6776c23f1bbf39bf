import CGdkPixbuf
import CPango

/// A decoded picture, upright. Belongs to one worker.
final class Picture {
    private let pixbuf: OpaquePointer
    let width: Int
    let height: Int

    private static let maximumByteCount = 20 << 20
    /// End of image of JPEG; the chunk IEND of PNG.
    private static let endMarkers: [[UInt8]] = [
        [0xFF, 0xD9], [0, 0, 0, 0, 0x49, 0x45, 0x4E, 0x44, 0xAE, 0x42, 0x60, 0x82],
    ]

    /// - Parameters:
    ///   - bytes: a JPEG or PNG file.
    ///   - name: of the file, for the problem's words.
    init(_ bytes: [UInt8], name: String) throws(DocumentProblem) {
        guard (1...Self.maximumByteCount).contains(bytes.count) else {
            throw .unusablePicture(name, reason: "it is empty or larger than 20 MiB")
        }
        // The loaders take a file that was cut short for a picture with a grey foot.
        guard Self.endMarkers.contains(where: { bytes.suffix($0.count).elementsEqual($0) }) else {
            throw .unusablePicture(name, reason: "it is not a whole JPEG or PNG file; save it again as one")
        }
        guard let loader = gdk_pixbuf_loader_new() else { throw .libraryFailed("gdk-pixbuf gave no loader") }
        defer { g_object_unref(UnsafeMutableRawPointer(loader)) }
        let isRead = gdk_pixbuf_loader_write(loader, bytes, gsize(bytes.count), nil) != 0
        // Closing completes the picture, and is required after a failure, too.
        let isWhole = gdk_pixbuf_loader_close(loader, nil) != 0
        guard isRead, isWhole, let raw = gdk_pixbuf_loader_get_pixbuf(loader),
            let upright = gdk_pixbuf_apply_embedded_orientation(raw)
        else { throw .unusablePicture(name, reason: "it is damaged") }
        pixbuf = upright
        width = Int(gdk_pixbuf_get_width(upright))
        height = Int(gdk_pixbuf_get_height(upright))
    }

    private init(owning pixbuf: OpaquePointer) {
        self.pixbuf = pixbuf
        width = Int(gdk_pixbuf_get_width(pixbuf))
        height = Int(gdk_pixbuf_get_height(pixbuf))
    }

    deinit { g_object_unref(UnsafeMutableRawPointer(pixbuf)) }

    /// The largest part with these proportions: from the middle, and rather from the top, where faces are.
    func cropped(toProportion proportion: Double) throws(DocumentProblem) -> Picture {
        let keptWidth = min(width, max(1, Int((Double(height) * proportion).rounded())))
        let keptHeight = min(height, max(1, Int((Double(width) / proportion).rounded())))
        let part = gdk_pixbuf_new_subpixbuf(
            pixbuf, Int32((width - keptWidth) / 2), Int32((height - keptHeight) / 3), Int32(keptWidth),
            Int32(keptHeight))
        guard let part else { throw .libraryFailed("gdk-pixbuf could not crop a picture") }
        return Picture(owning: part)
    }

    /// Opaque, on white, and no wider than this many pixels.
    func flattened(maximumWidth: Int) throws(DocumentProblem) -> Picture {
        let newWidth = min(width, maximumWidth)
        let newHeight = max(1, height * newWidth / width)
        let flat = gdk_pixbuf_composite_color_simple(
            pixbuf, Int32(newWidth), Int32(newHeight), GDK_INTERP_HYPER, 255, 1, 0xFFFFFF, 0xFFFFFF)
        guard let flat else { throw .libraryFailed("gdk-pixbuf could not scale a picture") }
        return Picture(owning: flat)
    }

    /// A JPEG file that a PDF takes up as it is.
    func jpeg() throws(DocumentProblem) -> [UInt8] {
        var (buffer, count): (UnsafeMutablePointer<CChar>?, gsize) = (nil, 0)
        let isSaved = "quality".withCString { key in
            "88".withCString { value in
                var keys: [UnsafeMutablePointer<CChar>?] = [UnsafeMutablePointer(mutating: key), nil]
                var values: [UnsafeMutablePointer<CChar>?] = [UnsafeMutablePointer(mutating: value), nil]
                return gdk_pixbuf_save_to_bufferv(pixbuf, &buffer, &count, "jpeg", &keys, &values, nil) != 0
            }
        }
        guard isSaved, let buffer else { throw .libraryFailed("gdk-pixbuf could not write a JPEG") }
        defer { g_free(buffer) }
        return UnsafeRawBufferPointer(start: buffer, count: Int(count)).map { $0 }
    }

    /// A cairo surface with the same pixels, to be destroyed by the caller.
    func surface() throws(DocumentProblem) -> OpaquePointer {
        guard let surface = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, Int32(width), Int32(height)),
            let target = cairo_image_surface_get_data(surface), let source = gdk_pixbuf_read_pixels(pixbuf)
        else { throw .libraryFailed("out of memory") }
        let channels = Int(gdk_pixbuf_get_n_channels(pixbuf))
        let sourceStride = Int(gdk_pixbuf_get_rowstride(pixbuf))
        let targetStride = Int(cairo_image_surface_get_stride(surface))
        for row in 0..<height {
            for column in 0..<width {
                let from = source + row * sourceStride + column * channels
                let alpha = channels == 4 ? UInt32(from[3]) : 255
                func premultiplied(_ value: UInt8) -> UInt32 { (UInt32(value) * alpha + 127) / 255 }
                let pixel =
                    alpha << 24 | premultiplied(from[0]) << 16 | premultiplied(from[1]) << 8 | premultiplied(from[2])
                (target + row * targetStride + column * 4).withMemoryRebound(to: UInt32.self, capacity: 1) {
                    $0.pointee = pixel
                }
            }
        }
        cairo_surface_mark_dirty(surface)
        return surface
    }
}
