import Glibc

/// `[a b c d e f]` (ISO 32000 §8.3.3).
struct PageMatrix {
    var (a, b, c, d, e, f) = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)

    static let identity = PageMatrix()

    init() {}

    /// Nil where there are not six numbers.
    init?(_ operands: some Collection<PDFObject>) {
        let numbers = operands.compactMap(\.number)
        guard numbers.count == 6, operands.count == 6 else { return nil }
        (a, b, c, d, e, f) = (numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[5])
    }

    /// First this one, then the other.
    func followed(by next: PageMatrix) -> PageMatrix {
        var result = PageMatrix()
        result.a = a * next.a + b * next.c
        result.b = a * next.b + b * next.d
        result.c = c * next.a + d * next.c
        result.d = c * next.b + d * next.d
        result.e = e * next.a + f * next.c + next.e
        result.f = e * next.b + f * next.d + next.f
        return result
    }

    func moved(by x: Double, _ y: Double) -> PageMatrix {
        var move = PageMatrix()
        (move.e, move.f) = (x, y)
        return move.followed(by: self)
    }

    func point(_ x: Double, _ y: Double) -> (x: Double, y: Double) { (x * a + y * c + e, x * b + y * d + f) }

    /// How high and how wide a unit becomes, the lesser of both.
    var scale: Double { min(hypot(a, b), hypot(c, d)) }
}

struct PageRectangle {
    var (left, bottom, right, top) = (0.0, 0.0, 0.0, 0.0)

    /// Around a rectangle that a matrix moves and turns.
    init(x: Double, y: Double, width: Double, height: Double, _ matrix: PageMatrix = .identity) {
        let corners = [(x, y), (x + width, y), (x, y + height), (x + width, y + height)].map(matrix.point)
        (left, right) = (corners.map(\.x).min() ?? 0, corners.map(\.x).max() ?? 0)
        (bottom, top) = (corners.map(\.y).min() ?? 0, corners.map(\.y).max() ?? 0)
    }

    func contains(_ point: (x: Double, y: Double)) -> Bool {
        point.x >= left && point.x <= right && point.y >= bottom && point.y <= top
    }

    func intersection(_ other: PageRectangle) -> PageRectangle {
        var both = self
        (both.left, both.bottom) = (max(left, other.left), max(bottom, other.bottom))
        (both.right, both.top) = (min(right, other.right), min(top, other.top))
        return both
    }
}

extension PDFObject {
    var number: Double? {
        switch self {
        case .integer(let value): Double(value)
        case .real(let text): Double(text).flatMap { $0.isFinite ? $0 : nil }
        default: nil
        }
    }
}
