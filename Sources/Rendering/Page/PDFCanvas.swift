import CPango

/// One PDF page after another, drawn by cairo into memory. Lengths are millimetres.
final class PDFCanvas {
    static let pointsPerMillimetre = 72 / 25.4

    let context: OpaquePointer
    private let surface: OpaquePointer
    private let sink = ByteSink()

    /// - Parameter title: what a reader shows above the page.
    init(width: Double, height: Double, title: String) throws(DocumentProblem) {
        let scale = Self.pointsPerMillimetre
        // The sink lives as long as the canvas, and the surface is finished before that ends.
        let made = cairo_pdf_surface_create_for_stream(
            ByteSink.write, Unmanaged.passUnretained(sink).toOpaque(), width * scale, height * scale)
        guard let made, let context = cairo_create(made) else { throw .libraryFailed("out of memory") }
        surface = made
        self.context = context
        cairo_pdf_surface_restrict_to_version(surface, CAIRO_PDF_VERSION_1_5)
        cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, title)
        cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATOR, "Signet")
        cairo_scale(context, scale, scale)
    }

    deinit {
        cairo_destroy(context)
        cairo_surface_finish(surface)
        cairo_surface_destroy(surface)
    }

    func endPage() { cairo_show_page(context) }

    /// Ends the document and gives its bytes.
    func finish() throws(DocumentProblem) -> [UInt8] {
        cairo_surface_finish(surface)
        for status in [cairo_status(context), cairo_surface_status(surface)] where status != CAIRO_STATUS_SUCCESS {
            throw .libraryFailed(String(cString: cairo_status_to_string(status)))
        }
        return sink.bytes
    }
}

private final class ByteSink {
    fileprivate var bytes: [UInt8] = []

    fileprivate static let write: cairo_write_func_t = { closure, data, count in
        // Set by the canvas, which keeps the sink.
        let sink = Unmanaged<ByteSink>.fromOpaque(closure!).takeUnretainedValue()
        sink.bytes.append(contentsOf: UnsafeBufferPointer(start: data, count: Int(count)))
        return CAIRO_STATUS_SUCCESS
    }
}

extension OpaquePointer {
    func setColour(_ colour: Colour) { cairo_set_source_rgb(self, colour.red, colour.green, colour.blue) }
}
