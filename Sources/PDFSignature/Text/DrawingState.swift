/// Where and how a page is drawn at a moment (ISO 32000 §8.4), as far as it decides whether a text can be seen.
struct DrawingState {
    /// What people's eyes need, on paper and on white: points, and the part of white from which a text is as good as none.
    private static let leastSize = 2.0
    private static let mostLightness = 0.85
    private static let deepestStack = 64

    private struct Graphics {
        var matrix = PageMatrix.identity
        /// 0 is black, 1 white.
        var lightness = 0.0
        var renderingMode = 0
        var fontSize = 0.0
        var leading = 0.0
        var clip: PageRectangle?
        var isFaint = false
    }

    private var graphics = Graphics()
    private var stack: [Graphics] = []
    private var text = PageMatrix.identity
    private var line = PageMatrix.identity
    /// The rectangles of the path so far; nil when it has other parts, too.
    private var path: [PageRectangle]? = []
    private var clipsNext = false
    private let page: PageRectangle

    init(page: PageRectangle) { self.page = page }

    /// Where the next text begins.
    var place: (x: Double, y: Double) { text.followed(by: graphics.matrix).point(0, 0) }

    /// Whether a text that is shown now is drawn, large and dark enough, on the page and not clipped away.
    var isSeen: Bool {
        let size = graphics.fontSize * text.followed(by: graphics.matrix).scale
        let isWithin = page.contains(place) && (graphics.clip?.contains(place) ?? true)
        // 3 draws nothing, 7 clips (§9.3.6).
        return ![3, 7].contains(graphics.renderingMode) && abs(size) >= Self.leastSize && isWithin
            && graphics.lightness <= Self.mostLightness && !graphics.isFaint
    }

    /// What an image covers that is drawn now.
    var unitSquare: PageRectangle { PageRectangle(x: 0, y: 0, width: 1, height: 1, graphics.matrix) }

    mutating func concatenate(_ matrix: PageMatrix) { graphics.matrix = matrix.followed(by: graphics.matrix) }

    mutating func setOpacity(_ value: Double?) { if let value { graphics.isFaint = value < 0.25 } }

    /// - Returns: rectangles that this operator fills with colour, over what was there.
    mutating func apply(_ operator: String, _ operands: [PDFObject]) throws(PDFProblem) -> [PageRectangle] {
        let numbers = operands.compactMap(\.number)
        switch `operator` {
        case "q":
            guard stack.count < Self.deepestStack else { throw .malformed("its drawing states are nested too deeply") }
            stack.append(graphics)
        case "Q": if let last = stack.popLast() { graphics = last }
        case "cm": if let matrix = PageMatrix(operands) { concatenate(matrix) }
        case "Tr": graphics.renderingMode = operands.last?.integer ?? 0
        case "Tf": graphics.fontSize = numbers.last ?? 0
        case "TL": graphics.leading = numbers.last ?? 0
        case "g", "rg", "k", "sc", "scn", "cs": graphics.lightness = Self.lightness(`operator` == "cs" ? [] : numbers)
        default: moveText(`operator`, numbers, operands)
        }
        return draw(`operator`, numbers)
    }

    private mutating func moveText(_ operator: String, _ numbers: [Double], _ operands: [PDFObject]) {
        switch `operator` {
        case "BT": (text, line) = (.identity, .identity)
        case "Td" where numbers.count == 2: moveLine(numbers[0], numbers[1])
        case "TD" where numbers.count == 2:
            graphics.leading = -numbers[1]
            moveLine(numbers[0], numbers[1])
        case "T*", "'", "\"": moveLine(0, -graphics.leading)
        case "Tm":
            guard let matrix = PageMatrix(operands) else { return }
            (text, line) = (matrix, matrix)
        default: break
        }
    }

    private mutating func moveLine(_ x: Double, _ y: Double) {
        line = line.moved(by: x, y)
        text = line
    }

    private mutating func draw(_ operator: String, _ numbers: [Double]) -> [PageRectangle] {
        switch `operator` {
        case "re" where numbers.count == 4 && (path?.count ?? 0) < 256:
            path?.append(
                PageRectangle(
                    x: numbers[0], y: numbers[1], width: numbers[2], height: numbers[3], graphics.matrix))
        case "re", "m", "l", "c", "v", "y": path = nil
        case "W", "W*": clipsNext = true
        case "f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "n":
            let ended = path ?? []
            if clipsNext, ended.count == 1 { graphics.clip = graphics.clip?.intersection(ended[0]) ?? ended[0] }
            (path, clipsNext) = ([], false)
            return ["S", "s", "n"].contains(`operator`) || graphics.isFaint ? [] : ended
        default: break
        }
        return []
    }

    /// Grey, RGB or CMYK by the number of components; what is none of these counts as dark.
    private static func lightness(_ components: [Double]) -> Double {
        switch components.count {
        case 1: components[0]
        // ITU-R BT.601.
        case 3: 0.299 * components[0] + 0.587 * components[1] + 0.114 * components[2]
        case 4: (1 - components[3]) * (1 - (components[0] + components[1] + components[2]) / 3)
        default: 0
        }
    }
}
