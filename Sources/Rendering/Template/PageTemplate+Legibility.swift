import Errors

/// Whether a reader of the page sees what is sealed. A look that hides a required field, and shows something else, would
/// otherwise make a document of which every check passes.
extension PageTemplate {
    /// Points; the holder's name is what a page is about, so it is larger.
    private static let leastSize = 5.0
    private static let leastNameSize = 8.0
    /// Of text against what is behind it, by WCAG 2.2's formula.
    private static let leastContrast = 3.0

    /// Checks every required field and the QR code, in each language that has them.
    func checkLegibility() throws(TemplateProblem) {
        for language in DocumentLanguage.allCases {
            let shown = elements.enumerated().filter { $0.element.languages?.contains(language) ?? true }
            for (position, (index, element)) in shown.enumerated() {
                let (below, above) = (
                    shown[..<position].map(\.element.kind), shown[(position + 1)...].map(\.element.kind)
                )
                switch element.kind {
                case .text(let block):
                    guard let field = block.text.fields.first(where: Self.isRequired) else { continue }
                    // Was checked to be defined.
                    let style = styles[block.style]!
                    let least = field == .name ? Self.leastNameSize : Self.leastSize
                    let name = "{\(field.rawValue)}"
                    guard style.minimum >= least else {
                        throw .illegible(
                            "elements[\(index)]", name,
                            BilingualText(
                                zh: "最小可到 \(style.minimum) 磅；至少需要 \(least) 磅",
                                en: "may be as small as \(style.minimum) points; at least \(least) are needed"))
                    }
                    // The colour was checked to be defined, too.
                    let contrast = contrast(of: colours[style.colour]!, over: below, in: block.place)
                    guard contrast >= Self.leastContrast else {
                        throw .illegible(
                            "elements[\(index)]", name,
                            BilingualText(
                                zh: "与背景几乎没有区别；请选更深的颜色（对比度至少 3 比 1）",
                                en:
                                    "hardly differs from what is behind it; choose a darker colour (contrast at least 3 to 1)"
                            ))
                    }
                    try check(block.place, by: above, "elements[\(index)]", name)
                case .qr(let block):
                    let place = Place(x: block.x, y: block.y, width: block.size, height: block.size)
                    try check(place, by: above, "elements[\(index)]", "the QR code")
                default: continue
                }
            }
        }
    }

    private static func isRequired(_ field: DocumentField) -> Bool {
        DocumentField.required.contains { $0.contains(field) }
    }

    private func check(
        _ place: Place, by above: [PageElement.Kind], _ index: String, _ name: String
    ) throws(TemplateProblem) {
        guard place.x >= 0, place.y >= 0, place.x + place.width <= page.width, place.y + place.height <= page.height
        else {
            throw .illegible(
                index, name,
                BilingualText(
                    zh: "不在 \(page.width) × \(page.height) 毫米的页面之内",
                    en: "does not lie within the page of \(page.width) × \(page.height) mm"))
        }
        for kind in above {
            guard let cover = cover(kind), cover.meets(place) else { continue }
            throw .illegible(
                index, name,
                BilingualText(
                    zh: "被后面的元素盖住；请把那个元素移到前面或别处", en: "is covered by a later element; put that before it, or elsewhere")
            )
        }
    }

    /// Where nothing below can be seen.
    private func cover(_ kind: PageElement.Kind) -> Place? {
        switch kind {
        case .rectangle(let rectangle): rectangle.fill == nil ? nil : rectangle.place
        case .image(let block): block.place
        case .photo(let block): block.place
        case .qr(let block): Place(x: block.x, y: block.y, width: block.size, height: block.size)
        case .text, .line, .guilloche, .rosette: nil
        }
    }

    /// The least, over white paper and every filled rectangle that is behind.
    private func contrast(of colour: Colour, over below: [PageElement.Kind], in place: Place) -> Double {
        var behind = [Colour.white]
        for case .rectangle(let rectangle) in below where rectangle.place.meets(place) {
            if let fill = rectangle.fill.flatMap({ colours[$0] }) { behind.append(fill) }
        }
        return behind.map(colour.contrast(with:)).min() ?? 1
    }
}

extension Place {
    /// Whether two places have an area in common.
    fileprivate func meets(_ other: Place) -> Bool {
        x < other.x + other.width && other.x < x + width && y < other.y + other.height && other.y < y + height
    }
}
