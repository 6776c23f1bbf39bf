import Errors

/// Text in a box: one line unless `lines` says more.
package struct TextBlock: Decodable, Equatable, Sendable {
    package enum VerticalAlignment: String, Decodable, Sendable { case top, middle, bottom }

    let place: Place
    let style: String
    let text: TemplateText
    let lines: Int
    let vertical: VerticalAlignment

    private enum CodingKeys: String, CodingKey, CaseIterable {
        case type
        case languages = "for"
        case x, y, width, height, style, text, lines, vertical
    }

    package init(from decoder: any Decoder) throws {
        try decoder.refuseUnknownKeys(besides: CodingKeys.self)
        place = try Place(from: decoder)
        let values = try decoder.container(keyedBy: CodingKeys.self)
        style = try values.decode(String.self, forKey: .style)
        text = try values.decode(TemplateText.self, forKey: .text)
        lines = try values.decodeIfPresent(Int.self, forKey: .lines) ?? 1
        vertical = try values.decodeIfPresent(VerticalAlignment.self, forKey: .vertical) ?? .middle
    }
}

/// A straight line from the place's top left to its bottom right corner.
package struct LineSegment: Decodable, Equatable, Sendable {
    let place: Place
    let stroke: Stroke

    private enum CodingKeys: String, CodingKey, CaseIterable {
        case type
        case languages = "for"
        case x, y, width, height, colour, weight
    }

    package init(from decoder: any Decoder) throws {
        try decoder.refuseUnknownKeys(besides: CodingKeys.self)
        place = try Place(from: decoder)
        stroke = try Stroke(from: decoder)
    }
}

/// Colour and width (mm) of a line.
package struct Stroke: Decodable, Equatable, Sendable {
    let colour: String
    let weight: Double

    private enum CodingKeys: String, CodingKey { case colour, weight }

    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        colour = try values.decode(String.self, forKey: .colour)
        weight = try values.decodeIfPresent(Double.self, forKey: .weight) ?? 0.2
    }

    init(colour: String, weight: Double) { (self.colour, self.weight) = (colour, weight) }
}

/// A rectangle, filled, outlined or both; `radius` rounds its corners.
package struct FilledRectangle: Decodable, Equatable, Sendable {
    let place: Place
    let fill: String?
    let colour: String?
    let weight: Double
    let radius: Double

    private enum CodingKeys: String, CodingKey, CaseIterable {
        case type
        case languages = "for"
        case x, y, width, height, fill, colour, weight, radius
    }

    package init(from decoder: any Decoder) throws {
        try decoder.refuseUnknownKeys(besides: CodingKeys.self)
        place = try Place(from: decoder)
        let values = try decoder.container(keyedBy: CodingKeys.self)
        fill = try values.decodeIfPresent(String.self, forKey: .fill)
        colour = try values.decodeIfPresent(String.self, forKey: .colour)
        weight = try values.decodeIfPresent(Double.self, forKey: .weight) ?? 0.2
        radius = try values.decodeIfPresent(Double.self, forKey: .radius) ?? 0
    }

    init(place: Place, fill: String?, colour: String?, weight: Double, radius: Double) {
        (self.place, self.fill, self.colour, self.weight, self.radius) = (place, fill, colour, weight, radius)
    }
}

/// A border of interwoven waves that runs along the inside of its place, `band` mm deep.
package struct GuillocheBand: Decodable, Equatable, Sendable {
    let place: Place
    let band: Double
    /// The wanted length of a wave in mm; the nearest that closes the border is taken.
    let wave: Double
    let strands: Int
    let stroke: Stroke

    private enum CodingKeys: String, CodingKey, CaseIterable {
        case type
        case languages = "for"
        case x, y, width, height, band, wave, strands, colour, weight
    }

    package init(from decoder: any Decoder) throws {
        try decoder.refuseUnknownKeys(besides: CodingKeys.self)
        place = try Place(from: decoder)
        stroke = try Stroke(from: decoder)
        let values = try decoder.container(keyedBy: CodingKeys.self)
        band = try values.decode(Double.self, forKey: .band)
        wave = try values.decode(Double.self, forKey: .wave)
        strands = try values.decode(Int.self, forKey: .strands)
        guard (0.5...50).contains(band), (1...100).contains(wave), (1...16).contains(strands) else {
            throw TemplateProblem.malformed(
                decoder.codingPath.dotted,
                BilingualText(
                    zh: "band 为 0.5…50 毫米，wave 为 1…100 毫米，strands 为 1…16",
                    en: "band is 0.5…50 mm, wave 1…100 mm, strands 1…16"))
        }
    }
}

/// Rings of petals drawn by turning one closed wave, in the middle of its place.
package struct Rosette: Decodable, Equatable, Sendable {
    let place: Place
    let petals: Int
    let turns: Int
    let stroke: Stroke

    private enum CodingKeys: String, CodingKey, CaseIterable {
        case type
        case languages = "for"
        case x, y, width, height, petals, turns, colour, weight
    }

    package init(from decoder: any Decoder) throws {
        try decoder.refuseUnknownKeys(besides: CodingKeys.self)
        place = try Place(from: decoder)
        stroke = try Stroke(from: decoder)
        let values = try decoder.container(keyedBy: CodingKeys.self)
        petals = try values.decode(Int.self, forKey: .petals)
        turns = try values.decode(Int.self, forKey: .turns)
        guard (3...60).contains(petals), (1...24).contains(turns) else {
            throw TemplateProblem.malformed(
                decoder.codingPath.dotted,
                BilingualText(zh: "petals 为 3…60，turns 为 1…24", en: "petals are 3…60, turns 1…24"))
        }
    }
}

/// A picture that fits inside its place: a file beside the template, or the institution's seal image.
package struct ImageBlock: Decodable, Equatable, Sendable {
    package enum Source: Equatable, Sendable {
        case file(String)
        case institutionSeal
    }

    let place: Place
    let source: Source

    private enum CodingKeys: String, CodingKey, CaseIterable {
        case type
        case languages = "for"
        case x, y, width, height, file, source
    }

    package init(from decoder: any Decoder) throws {
        try decoder.refuseUnknownKeys(besides: CodingKeys.self)
        place = try Place(from: decoder)
        let values = try decoder.container(keyedBy: CodingKeys.self)
        let file = try values.decodeIfPresent(String.self, forKey: .file)
        switch (file, try values.decodeIfPresent(String.self, forKey: .source)) {
        case (let file?, nil): source = .file(file)
        case (nil, "institution-seal"?): source = .institutionSeal
        default:
            throw TemplateProblem.malformed(
                decoder.codingPath.dotted,
                BilingualText(
                    zh: "image 须有 file，或以 institution-seal 为 source，二者取一",
                    en: "an image has either a file or the source institution-seal"))
        }
    }
}

/// The holder's photo, cropped to its place's proportions. Without one, `empty` in a thin frame.
package struct PhotoBlock: Decodable, Equatable, Sendable {
    let place: Place
    let stroke: Stroke
    let empty: String
    let style: String

    private enum CodingKeys: String, CodingKey, CaseIterable {
        case type
        case languages = "for"
        case x, y, width, height, colour, weight, empty, style
    }

    package init(from decoder: any Decoder) throws {
        try decoder.refuseUnknownKeys(besides: CodingKeys.self)
        place = try Place(from: decoder)
        stroke = try Stroke(from: decoder)
        let values = try decoder.container(keyedBy: CodingKeys.self)
        empty = try values.decodeIfPresent(String.self, forKey: .empty) ?? ""
        style = try values.decode(String.self, forKey: .style)
    }
}

/// The seal's QR symbol, quiet zone not counted in its `size`.
package struct QRBlock: Decodable, Equatable, Sendable {
    /// Below 30 mm the largest symbol's modules are too small for a worn phone camera.
    static let leastSize = 30.0

    let x, y, size: Double

    private enum CodingKeys: String, CodingKey, CaseIterable {
        case type
        case languages = "for"
        case x, y, size
    }

    package init(from decoder: any Decoder) throws {
        try decoder.refuseUnknownKeys(besides: CodingKeys.self)
        let values = try decoder.container(keyedBy: CodingKeys.self)
        x = try values.decode(Double.self, forKey: .x)
        y = try values.decode(Double.self, forKey: .y)
        size = try values.decode(Double.self, forKey: .size)
        guard size >= Self.leastSize else {
            throw TemplateProblem.malformed(
                decoder.codingPath.dotted, BilingualText(zh: "二维码至少宽 30 毫米", en: "a QR code is at least 30 mm wide"))
        }
    }

    init(x: Double, y: Double, size: Double) { (self.x, self.y, self.size) = (x, y, size) }
}
