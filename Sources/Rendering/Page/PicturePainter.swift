import CPango

/// Puts photos, seal images and QR symbols on the page.
enum PicturePainter {
    private static let photoPixelsPerMillimetre = 300 / 25.4

    /// Across and down, at 300 dpi.
    static func photoPixels(of place: Place) -> (width: Int, height: Int) {
        (
            max(1, Int(place.width * photoPixelsPerMillimetre)),
            max(1, Int((place.height * photoPixelsPerMillimetre).rounded()))
        )
    }

    /// Fills the place with a photo that has its proportions.
    static func drawPhoto(_ photo: Picture, in place: Place, on canvas: OpaquePointer) throws(DocumentProblem) {
        // Its pixels are never looked at, as the JPEG goes into the page.
        guard let surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, Int32(photo.width), Int32(photo.height))
        else { throw .libraryFailed("out of memory") }
        defer { cairo_surface_destroy(surface) }
        try attach(photo.jpeg(), to: surface)
        draw(photo, surface, in: place, on: canvas)
    }

    /// Draws the whole picture as large as its place allows, in its middle.
    static func draw(_ picture: Picture, _ surface: OpaquePointer, in place: Place, on canvas: OpaquePointer) {
        let scale = min(place.width / Double(picture.width), place.height / Double(picture.height))
        let (width, height) = (Double(picture.width) * scale, Double(picture.height) * scale)
        let inner = Place(
            x: place.x + (place.width - width) / 2, y: place.y + (place.height - height) / 2, width: width,
            height: height)
        draw(surface, width: picture.width, height: picture.height, in: inner, on: canvas)
    }

    /// A mask of one bit a module, enlarged without smoothing: sharp at any zoom, and one object of the page
    /// instead of a thousand rectangles.
    static func draw(_ symbol: QRSymbol, _ block: QRBlock, on canvas: OpaquePointer) throws(DocumentProblem) {
        guard let mask = cairo_image_surface_create(CAIRO_FORMAT_A1, Int32(symbol.side), Int32(symbol.side)),
            let bits = cairo_image_surface_get_data(mask)
        else { throw .libraryFailed("out of memory") }
        defer { cairo_surface_destroy(mask) }
        let stride = Int(cairo_image_surface_get_stride(mask))
        for row in 0..<symbol.side {
            for column in 0..<symbol.side where symbol.isDark(row: row, column: column) {
                // cairo counts bits within 32-bit words of the machine's byte order, so from the lowest here.
                bits[row * stride + column / 8] |= 1 << (column % 8)
            }
        }
        cairo_surface_mark_dirty(mask)
        guard let pattern = cairo_pattern_create_for_surface(mask) else { throw .libraryFailed("out of memory") }
        defer { cairo_pattern_destroy(pattern) }
        cairo_pattern_set_filter(pattern, CAIRO_FILTER_NEAREST)
        cairo_save(canvas)
        cairo_translate(canvas, block.x, block.y)
        cairo_scale(canvas, block.size / Double(symbol.side), block.size / Double(symbol.side))
        cairo_set_source_rgb(canvas, 0, 0, 0)
        cairo_mask(canvas, pattern)
        cairo_restore(canvas)
    }

    private static func draw(
        _ surface: OpaquePointer, width: Int, height: Int, in place: Place, on canvas: OpaquePointer
    ) {
        cairo_save(canvas)
        cairo_translate(canvas, place.x, place.y)
        cairo_scale(canvas, place.width / Double(width), place.height / Double(height))
        cairo_set_source_surface(canvas, surface, 0, 0)
        cairo_paint(canvas)
        cairo_restore(canvas)
    }

    /// Lets cairo write the JPEG file itself instead of the pixels.
    private static func attach(_ jpeg: [UInt8], to surface: OpaquePointer) throws(DocumentProblem) {
        guard let copy = malloc(jpeg.count) else { throw .libraryFailed("out of memory") }
        jpeg.withUnsafeBytes { copy.copyMemory(from: $0.baseAddress!, byteCount: jpeg.count) }
        let status = cairo_surface_set_mime_data(
            surface, CAIRO_MIME_TYPE_JPEG, copy.assumingMemoryBound(to: UInt8.self), UInt(jpeg.count), { free($0) },
            copy)
        guard status == CAIRO_STATUS_SUCCESS else {
            free(copy)
            throw .libraryFailed(String(cString: cairo_status_to_string(status)))
        }
    }
}
