import CPango
import Glibc

/// The words across a page that is neither signed nor valid.
enum SpecimenMark {
    private static let text = "样张 SPECIMEN"
    /// Light enough to read the page through, dark enough for a photocopy.
    private static let (grey, alpha) = (0.45, 0.25)
    /// Of the page's diagonal.
    private static let share = 0.6

    /// Rising from the lower left to the upper right.
    static func draw(on canvas: PDFCanvas, width: Double, height: Double, fonts: FontBook) throws(DocumentProblem) {
        guard let layout = pango_layout_new(fonts.context) else { throw .libraryFailed("pango gave no layout") }
        defer { g_object_unref(UnsafeMutableRawPointer(layout)) }
        pango_layout_set_text(layout, text, -1)
        guard let font = pango_font_description_from_string("sans-serif bold 72") else {
            throw .libraryFailed("pango gave no font")
        }
        pango_layout_set_font_description(layout, font)
        pango_font_description_free(font)
        var (textWidth, textHeight): (Int32, Int32) = (0, 0)
        pango_layout_get_size(layout, &textWidth, &textHeight)
        let unit = Double(PANGO_SCALE)
        let scale = (width * width + height * height).squareRoot() * share / (Double(textWidth) / unit)
        let context = canvas.context
        cairo_save(context)
        cairo_push_group(context)
        cairo_set_source_rgb(context, grey, grey, grey)
        cairo_translate(context, width / 2, height / 2)
        cairo_rotate(context, -atan2(height, width))
        cairo_scale(context, scale, scale)
        cairo_move_to(context, -Double(textWidth) / unit / 2, -Double(textHeight) / unit / 2)
        pango_cairo_show_layout(context, layout)
        cairo_pop_group_to_source(context)
        cairo_paint_with_alpha(context, alpha)
        cairo_restore(context)
    }
}
