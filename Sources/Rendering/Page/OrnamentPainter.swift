import CPango
import Foundation

/// Lines, rectangles and the interwoven waves of security print, as vectors.
struct OrnamentPainter {
    let template: PageTemplate

    func draw(_ line: LineSegment, on canvas: OpaquePointer) {
        cairo_move_to(canvas, line.place.x, line.place.y)
        cairo_line_to(canvas, line.place.x + line.place.width, line.place.y + line.place.height)
        stroke(line.stroke, on: canvas)
    }

    func draw(_ rectangle: FilledRectangle, on canvas: OpaquePointer) {
        path(of: rectangle, on: canvas)
        if let fill = rectangle.fill {
            // The template was checked to define what it names.
            canvas.setColour(template.colours[fill]!)
            cairo_fill_preserve(canvas)
        }
        if let colour = rectangle.colour {
            stroke(Stroke(colour: colour, weight: rectangle.weight), on: canvas)
        }
        cairo_new_path(canvas)
    }

    private func path(of rectangle: FilledRectangle, on canvas: OpaquePointer) {
        let (place, radius) = (rectangle.place, rectangle.radius)
        guard radius > 0 else {
            cairo_rectangle(canvas, place.x, place.y, place.width, place.height)
            return
        }
        let (right, bottom) = (place.x + place.width, place.y + place.height)
        cairo_new_sub_path(canvas)
        cairo_arc(canvas, right - radius, place.y + radius, radius, -.pi / 2, 0)
        cairo_arc(canvas, right - radius, bottom - radius, radius, 0, .pi / 2)
        cairo_arc(canvas, place.x + radius, bottom - radius, radius, .pi / 2, .pi)
        cairo_arc(canvas, place.x + radius, place.y + radius, radius, .pi, .pi * 3 / 2)
        cairo_close_path(canvas)
    }

    /// Each strand is one closed sine around the border, shifted against the others.
    func ornament(_ band: GuillocheBand) throws(DocumentProblem) -> Ornament {
        try Ornament(band.stroke) { path(of: band, on: $0) }
    }

    func ornament(_ rosette: Rosette) throws(DocumentProblem) -> Ornament {
        try Ornament(rosette.stroke) { path(of: rosette, on: $0) }
    }

    func draw(_ ornament: Ornament, on canvas: OpaquePointer) {
        // Curves go into a PDF as they are; by the tolerance cairo only measures what they cover, which takes as
        // long as writing them when it is fine. From twice the line's width on it would leave the line out.
        let tolerance = cairo_get_tolerance(canvas)
        cairo_set_tolerance(canvas, 1.5 * ornament.stroke.weight * PDFCanvas.pointsPerMillimetre)
        cairo_append_path(canvas, ornament.path)
        stroke(ornament.stroke, on: canvas)
        cairo_set_tolerance(canvas, tolerance)
    }

    private func path(of band: GuillocheBand, on canvas: OpaquePointer) {
        let inset = band.band / 2
        let outline = Outline(
            x: band.place.x + inset, y: band.place.y + inset, width: band.place.width - band.band,
            height: band.place.height - band.band, radius: inset)
        let waves = max(4, (outline.length / band.wave).rounded())
        for strand in 0..<band.strands {
            let phase = Double(strand) / Double(band.strands)
            waveCurve(waves: Int(waves), phase: phase, on: canvas) { position in
                let angle = 2 * Double.pi * (position * waves + phase)
                let point = outline.point(at: position)
                // A slower second wave breathes, as engraved borders do.
                let depth = inset * sin(angle) * (0.8 + 0.2 * cos(angle / 4 + phase * 6))
                return (point.x + point.normalX * depth, point.y + point.normalY * depth)
            }
        }
    }

    private func path(of rosette: Rosette, on canvas: OpaquePointer) {
        let (centreX, centreY) = (rosette.place.x + rosette.place.width / 2, rosette.place.y + rosette.place.height / 2)
        let (radiusX, radiusY) = (rosette.place.width / 2, rosette.place.height / 2)
        for turn in 0..<rosette.turns {
            let phase = Double(turn) / Double(rosette.turns)
            waveCurve(waves: rosette.petals, phase: phase, on: canvas) { position in
                let angle = 2 * Double.pi * position
                let reach = 0.62 + 0.38 * sin(2 * Double.pi * (position * Double(rosette.petals) + phase))
                return (centreX + radiusX * reach * cos(angle), centreY + radiusY * reach * sin(angle))
            }
        }
    }

    /// A closed curve along a sine, one cubic for each half wave: the ornament is most of a page's cost, in
    /// time and in bytes, and a sine needs no more.
    ///
    /// - Parameter phase: of a wave, by which the first node lies before the curve's beginning.
    private func waveCurve(
        waves: Int, phase: Double, on canvas: OpaquePointer, _ point: (Double) -> (x: Double, y: Double)
    ) {
        let step = 0.5 / Double(waves)
        // A cubic from zero to zero reaches the sine's height when its handles have 4/(3π) of the way.
        let reach = step * 4 / (3 * Double.pi)
        func handle(at position: Double) -> (x: Double, y: Double) {
            let (before, after) = (point(position - step / 1000), point(position + step / 1000))
            return ((after.x - before.x) * 500 * reach / step, (after.y - before.y) * 500 * reach / step)
        }
        let first = -phase / Double(waves)
        var (start, leaving) = (point(first), handle(at: first))
        cairo_move_to(canvas, start.x, start.y)
        for index in 1...(2 * waves) {
            let position = first + Double(index) * step
            let (end, arriving) = (point(position), handle(at: position))
            cairo_curve_to(
                canvas, start.x + leaving.x, start.y + leaving.y, end.x - arriving.x, end.y - arriving.y, end.x, end.y)
            (start, leaving) = (end, arriving)
        }
        cairo_close_path(canvas)
    }

    private func stroke(_ stroke: Stroke, on canvas: OpaquePointer) {
        // The template was checked to define what it names.
        canvas.setColour(template.colours[stroke.colour]!)
        cairo_set_line_width(canvas, stroke.weight)
        cairo_stroke(canvas)
    }
}

/// A path that is alike on every page: computed once, stroked on each.
final class Ornament {
    fileprivate let path: UnsafeMutablePointer<cairo_path_t>
    fileprivate let stroke: Stroke

    fileprivate init(_ stroke: Stroke, _ draw: (OpaquePointer) -> Void) throws(DocumentProblem) {
        guard let surface = cairo_recording_surface_create(CAIRO_CONTENT_ALPHA, nil),
            let canvas = cairo_create(surface)
        else { throw .libraryFailed("out of memory") }
        defer {
            cairo_destroy(canvas)
            cairo_surface_destroy(surface)
        }
        draw(canvas)
        guard let path = cairo_copy_path(canvas), path.pointee.status == CAIRO_STATUS_SUCCESS else {
            throw .libraryFailed("out of memory")
        }
        self.path = path
        self.stroke = stroke
    }

    deinit { cairo_path_destroy(path) }
}

/// A rectangle with round corners, walked along by the part of its length.
private struct Outline {
    let x, y, width, height, radius: Double

    private var straightX: Double { width - 2 * radius }
    private var straightY: Double { height - 2 * radius }
    private var corner: Double { .pi / 2 * radius }
    var length: Double { 2 * (straightX + straightY) + 4 * corner }

    /// A point and the outward direction there, clockwise from the top left corner's end.
    func point(at position: Double) -> (x: Double, y: Double, normalX: Double, normalY: Double) {
        var rest = (position - position.rounded(.down)) * length
        let sides: [(straight: Double, startX: Double, startY: Double, directionX: Double, directionY: Double)] = [
            (straightX, x + radius, y, 1, 0), (straightY, x + width, y + radius, 0, 1),
            (straightX, x + width - radius, y + height, -1, 0), (straightY, x, y + height - radius, 0, -1),
        ]
        for side in sides {
            let (normalX, normalY) = (side.directionY, -side.directionX)
            if rest <= side.straight {
                return (
                    side.startX + side.directionX * rest, side.startY + side.directionY * rest, normalX, normalY
                )
            }
            rest -= side.straight
            if rest <= corner {
                let angle = rest / radius
                let centreX = side.startX + side.directionX * side.straight - normalX * radius
                let centreY = side.startY + side.directionY * side.straight - normalY * radius
                let outX = normalX * cos(angle) + side.directionX * sin(angle)
                let outY = normalY * cos(angle) + side.directionY * sin(angle)
                return (centreX + outX * radius, centreY + outY * radius, outX, outY)
            }
            rest -= corner
        }
        return point(at: 0)
    }
}
