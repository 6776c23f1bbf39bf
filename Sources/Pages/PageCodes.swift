import CPoppler
import Glibc
import Photos

/// Finds QR codes on the pages of any PDF, scanned or drawn, by rendering them. For workers alone: poppler is written in
/// C++ and reads whatever programs wrote since 1993.
package enum PageCodes {
    /// Later pages are not looked at.
    static let maximumPageCount: Int32 = 4
    /// Of a rendered page: 290 dpi of A4, at which a code's module of 0.35 mm has four.
    private static let wantedPixelCount = 8_000_000.0
    /// Small pages, such as screenshots, are enlarged no further: 600 dpi.
    private static let maximumScale = 600.0 / 72
    private static let maximumSide = 20_000.0
    /// Processor time after which no page is begun.
    private static let maximumTime = 2 * CLOCKS_PER_SEC

    /// - Parameter isWanted: ends the search on a page, not in the document: it may have several certificates.
    /// - Returns: each text once; none where nothing can be rendered.
    package static func texts(in file: [UInt8], until isWanted: (String) -> Bool) throws(PhotoReader.Problem)
        -> [String]
    {
        let end = clock() + maximumTime
        guard let bytes = g_bytes_new(file, gsize(file.count)) else { throw PhotoReader.Problem(.noMemory) }
        defer { g_bytes_unref(bytes) }
        // Nil where it has a password, or is no PDF.
        guard let document = poppler_document_new_from_bytes(bytes, nil, nil) else { return [] }
        defer { g_object_unref(UnsafeMutableRawPointer(document)) }
        var texts: [String] = []
        var index: Int32 = 0
        while index < min(maximumPageCount, poppler_document_get_n_pages(document)), clock() < end {
            for text in try self.texts(onPage: index, of: document, until: isWanted) where !texts.contains(text) {
                texts.append(text)
            }
            index += 1
        }
        return texts
    }

    private static func texts(
        onPage index: Int32, of document: OpaquePointer, until isWanted: (String) -> Bool
    ) throws(PhotoReader.Problem) -> [String] {
        guard let page = poppler_document_get_page(document, index) else { return [] }
        defer { g_object_unref(UnsafeMutableRawPointer(page)) }
        var (width, height) = (0.0, 0.0)
        poppler_page_get_size(page, &width, &height)
        guard width >= 1, height >= 1, width <= maximumSide, height <= maximumSide else { return [] }
        let scale = min((wantedPixelCount / (width * height)).squareRoot(), maximumScale)
        let (across, down) = (Int32(exactly: (width * scale).rounded()), Int32(exactly: (height * scale).rounded()))
        guard let across, let down, across > 0, down > 0,
            let surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, across, down)
        else { return [] }
        defer { cairo_surface_destroy(surface) }
        guard render(page, on: surface, scale: scale), let pixels = cairo_image_surface_get_data(surface) else {
            throw PhotoReader.Problem(.noMemory)
        }
        return try PhotoReader.texts(
            inRGB24: pixels, width: across, height: down, stride: cairo_image_surface_get_stride(surface),
            until: isWanted)
    }

    private static func render(_ page: OpaquePointer, on surface: OpaquePointer, scale: Double) -> Bool {
        guard let canvas = cairo_create(surface) else { return false }
        defer { cairo_destroy(canvas) }
        cairo_set_source_rgb(canvas, 1, 1, 1)
        cairo_paint(canvas)
        cairo_scale(canvas, scale, scale)
        poppler_page_render(page, canvas)
        cairo_surface_flush(surface)
        return cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS
    }
}
