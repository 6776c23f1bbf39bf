import CPango

/// The fonts of one worker: pango's maps are not to be shared between threads.
final class FontBook {
    let context: OpaquePointer
    private let map: UnsafeMutablePointer<PangoFontMap>

    init() throws(DocumentProblem) {
        guard let map = pango_cairo_font_map_new(), let context = pango_font_map_create_context(map) else {
            throw .libraryFailed("pango gave no font map")
        }
        self.map = map
        self.context = context
        // Chinese forms of shared characters, whatever the machine's locale.
        pango_context_set_language(context, pango_language_from_string("zh-cn"))
        let options = cairo_font_options_create()
        defer { cairo_font_options_destroy(options) }
        // Positions must not depend on the resolution of a screen.
        cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE)
        cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF)
        pango_cairo_context_set_font_options(context, options)
        pango_cairo_context_set_resolution(context, 72)
    }

    deinit {
        g_object_unref(UnsafeMutableRawPointer(context))
        g_object_unref(UnsafeMutableRawPointer(map))
    }

    /// Whether fontconfig has the family itself, and not merely something in its place.
    func has(_ family: String) -> Bool {
        guard let description = pango_font_description_from_string("\(family) 12") else { return false }
        defer { pango_font_description_free(description) }
        guard let font = pango_font_map_load_font(map, context, description) else { return false }
        defer { g_object_unref(UnsafeMutableRawPointer(font)) }
        return signet_pango_font_has_family(font, family) == 1
    }

    /// The file of a family in a weight, or of what fontconfig puts in its place.
    func file(of family: String, _ weight: TextStyle.Weight) -> String? {
        guard let description = pango_font_description_from_string("\(family) 12") else { return nil }
        defer { pango_font_description_free(description) }
        pango_font_description_set_weight(description, weight.pango)
        guard let font = pango_font_map_load_font(map, context, description) else { return nil }
        defer { g_object_unref(UnsafeMutableRawPointer(font)) }
        return signet_pango_font_file(font).map { String(cString: $0) }
    }

    /// Adds every character that the family has to the set.
    func addCoverage(of family: String, to set: inout ScalarSet) {
        guard has(family), let description = pango_font_description_from_string("\(family) 12") else { return }
        defer { pango_font_description_free(description) }
        guard let font = pango_font_map_load_font(map, context, description) else { return }
        defer { g_object_unref(UnsafeMutableRawPointer(font)) }
        guard let coverage = pango_font_get_coverage(font, pango_language_from_string("zh-cn")) else { return }
        defer { g_object_unref(UnsafeMutableRawPointer(coverage)) }
        for value in ScalarSet.range
        where pango_coverage_get(coverage, Int32(value)) == PANGO_COVERAGE_EXACT { set.insert(value) }
    }
}

/// A set of Unicode scalars as bits: asked for every character of every row.
package struct ScalarSet: Sendable {
    static let range: Range<UInt32> = 0x20..<0x32000
    private var words = [UInt64](repeating: 0, count: Int(range.upperBound) / 64)

    mutating func insert(_ value: UInt32) { words[Int(value / 64)] |= 1 << (value % 64) }

    func intersection(_ other: ScalarSet) -> ScalarSet {
        var both = self
        for index in words.indices { both.words[index] &= other.words[index] }
        return both
    }

    package func contains(_ scalar: Unicode.Scalar) -> Bool {
        guard Self.range.contains(scalar.value) else { return false }
        return words[Int(scalar.value / 64)] >> (scalar.value % 64) & 1 == 1
    }
}
