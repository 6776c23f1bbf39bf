import CPango

/// Sets texts in their places: made smaller down to their style's minimum, never cut.
struct TextPainter {
    let fonts: FontBook
    let template: PageTemplate

    /// - Parameter field: what the text is of, for the problem's words.
    func draw(
        _ text: String, _ block: TextBlock, field: DocumentField?, on canvas: OpaquePointer
    ) throws(DocumentProblem) {
        guard !text.isEmpty else { return }
        // The template was checked to define what it names.
        let style = template.styles[block.style]!
        try draw(
            text, style, in: block.place, lines: block.lines, vertical: block.vertical, field: field, on: canvas)
    }

    func draw(
        _ text: String, _ style: TextStyle, in place: Place, lines: Int, vertical: TextBlock.VerticalAlignment,
        field: DocumentField?, on canvas: OpaquePointer
    ) throws(DocumentProblem) {
        guard let layout = pango_layout_new(fonts.context) else { throw .libraryFailed("pango gave no layout") }
        defer { g_object_unref(UnsafeMutableRawPointer(layout)) }
        // A name's one line first, also where more are allowed: a long one is then set like all others.
        let isOneLine = lines == 1 || field == .name && isOneLine(text, style, in: place, layout)
        let lines = isOneLine ? 1 : lines
        configure(layout, style, text, isWrapped: !isOneLine, width: place.width)
        if field == .name { keepWhole(text, layout) }
        let size = try fit(layout, style, in: place, lines: lines, field: field)
        guard pango_layout_get_unknown_glyphs_count(layout) == 0 else {
            throw .missingGlyphs(unknown(text, style, size))
        }
        let (width, height) = extent(of: layout)
        let y =
            switch vertical {
            case .top: place.y
            case .middle: place.y + (place.height - height) / 2
            case .bottom: place.y + place.height - height
            }
        let x: Double
        if lines > 1 {
            x = place.x
        } else {
            x =
                switch style.alignment {
                case .start, .justify: place.x
                case .centre: place.x + (place.width - width) / 2
                case .end: place.x + place.width - width
                }
        }
        canvas.setColour(template.colours[style.colour]!)
        cairo_save(canvas)
        cairo_translate(canvas, x, y)
        // Layouts measure in points.
        cairo_scale(canvas, 1 / PDFCanvas.pointsPerMillimetre, 1 / PDFCanvas.pointsPerMillimetre)
        pango_cairo_show_layout(canvas, layout)
        cairo_restore(canvas)
    }

    /// How small one line may become before more lines are better.
    private static let oneLineShare = 0.6

    private func isOneLine(
        _ text: String, _ style: TextStyle, in place: Place, _ layout: OpaquePointer
    ) -> Bool {
        guard !text.contains("\n") else { return false }
        configure(layout, style, text, isWrapped: false, width: place.width)
        setFont(of: layout, style, max(style.minimum, style.size * Self.oneLineShare))
        return extent(of: layout).width <= place.width
    }

    /// A name is broken only behind the dot between its parts.
    private func keepWhole(_ name: String, _ layout: OpaquePointer) {
        guard name.contains("·"), let attributes = pango_attr_list_copy(pango_layout_get_attributes(layout)) else {
            return
        }
        var start: UInt32 = 0
        for part in name.split(separator: "·", omittingEmptySubsequences: false) {
            // With the dot behind it, which is two bytes long.
            let end = start + UInt32(part.utf8.count) + 2
            if let attribute = pango_attr_allow_breaks_new(0) {
                (attribute.pointee.start_index, attribute.pointee.end_index) = (start, end)
                pango_attr_list_insert(attributes, attribute)
            }
            start = end
        }
        pango_layout_set_attributes(layout, attributes)
        pango_attr_list_unref(attributes)
    }

    private func configure(
        _ layout: OpaquePointer, _ style: TextStyle, _ text: String, isWrapped: Bool, width: Double
    ) {
        pango_layout_set_text(layout, text, -1)
        pango_layout_set_line_spacing(layout, Float(style.leading))
        if let attributes = pango_attr_list_new() {
            // A ligature would print the `--` of no specialisation as one stroke, and hide it from readers' search.
            pango_attr_list_insert(attributes, pango_attr_font_features_new("liga=0, clig=0, calt=0"))
            if style.tracking > 0 {
                pango_attr_list_insert(
                    attributes, pango_attr_letter_spacing_new(Int32(style.tracking * Double(PANGO_SCALE))))
            }
            pango_layout_set_attributes(layout, attributes)
            pango_attr_list_unref(attributes)
        }
        guard isWrapped else { return }
        pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR)
        pango_layout_set_width(layout, Int32(width * PDFCanvas.pointsPerMillimetre * Double(PANGO_SCALE)))
        switch style.alignment {
        case .start: pango_layout_set_alignment(layout, PANGO_ALIGN_LEFT)
        case .centre: pango_layout_set_alignment(layout, PANGO_ALIGN_CENTER)
        case .end: pango_layout_set_alignment(layout, PANGO_ALIGN_RIGHT)
        case .justify: pango_layout_set_justify(layout, 1)
        }
    }

    /// Sets the largest size, in points, at which the text fits.
    private func fit(
        _ layout: OpaquePointer, _ style: TextStyle, in place: Place, lines: Int, field: DocumentField?
    ) throws(DocumentProblem) -> Double {
        var size = style.size
        while true {
            setFont(of: layout, style, size)
            let (width, height) = extent(of: layout)
            let fits =
                lines == 1
                ? width <= place.width
                : height <= place.height && Int(pango_layout_get_line_count(layout)) <= lines
            if fits { return size }
            guard size > style.minimum else { throw .tooLong(field, width: place.width) }
            // A single line shrinks in proportion; wrapped ones by steps.
            let next = lines == 1 ? min(size - 0.1, size * place.width / width) : size - 0.5
            size = max(style.minimum, next)
        }
    }

    private func setFont(of layout: OpaquePointer, _ style: TextStyle, _ size: Double) {
        guard let description = pango_font_description_new() else { return }
        defer { pango_font_description_free(description) }
        // The template was checked to define what it names.
        pango_font_description_set_family(description, template.fonts[style.font]!.joined(separator: ","))
        pango_font_description_set_absolute_size(description, size * Double(PANGO_SCALE))
        pango_font_description_set_weight(description, style.weight.pango)
        pango_layout_set_font_description(layout, description)
    }

    /// Width and height in millimetres.
    private func extent(of layout: OpaquePointer) -> (width: Double, height: Double) {
        var (width, height): (Int32, Int32) = (0, 0)
        pango_layout_get_size(layout, &width, &height)
        let unit = Double(PANGO_SCALE) * PDFCanvas.pointsPerMillimetre
        return (Double(width) / unit, Double(height) / unit)
    }

    /// Which of the characters no font has.
    private func unknown(_ text: String, _ style: TextStyle, _ size: Double) -> [UInt32] {
        Set(text.unicodeScalars).filter { scalar in
            guard let layout = pango_layout_new(fonts.context) else { return false }
            defer { g_object_unref(UnsafeMutableRawPointer(layout)) }
            pango_layout_set_text(layout, String(Character(scalar)), -1)
            setFont(of: layout, style, size)
            return pango_layout_get_unknown_glyphs_count(layout) > 0
        }.map(\.value).sorted()
    }
}

extension TextStyle.Weight {
    var pango: PangoWeight {
        switch self {
        case .light: PANGO_WEIGHT_LIGHT
        case .regular: PANGO_WEIGHT_NORMAL
        case .bold: PANGO_WEIGHT_BOLD
        }
    }
}
