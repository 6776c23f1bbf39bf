extension QRSymbol {
    /// The smallest printed width, quiet zone included, that keeps a module at 0.35 mm (below it
    /// simulated prints often failed) and the symbol at 25 mm, in whole millimetres.
    package var printedWidthMillimetres: Int {
        max(25, ((side + 2 * Self.quietZone) * 35 + 99) / 100)
    }

    /// A picture of one path that stays crisp at any size, with its quiet zone of 4 modules.
    ///
    /// - Parameter widthMillimetres: the printed width, quiet zone included; by default
    ///   ``printedWidthMillimetres``, and better not less.
    package func svg(widthMillimetres: Int? = nil) -> String {
        let width = widthMillimetres ?? printedWidthMillimetres
        let extent = side + 2 * Self.quietZone
        return """
            <svg xmlns="http://www.w3.org/2000/svg" width="\(width)mm" height="\(width)mm" \
            viewBox="0 0 \(extent) \(extent)" shape-rendering="crispEdges">\
            <path fill="#fff" d="M0 0h\(extent)v\(extent)H0z"/><path d="\(darkRuns)"/></svg>

            """
    }

    /// A closed rectangle for every horizontal run of dark modules.
    private var darkRuns: String {
        var path = ""
        for row in 0..<side {
            var column = 0
            while column < side {
                let start = column
                while isDark(row: row, column: column) { column += 1 }
                if column > start {
                    path += "M\(start + Self.quietZone) \(row + Self.quietZone)h\(column - start)v1h-\(column - start)z"
                }
                column += 1
            }
        }
        return path
    }
}
