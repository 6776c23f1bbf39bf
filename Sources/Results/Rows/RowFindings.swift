/// Gathers what is found about one row.
struct RowFindings {
    let layout: SheetLayout
    private(set) var sheetRow = 0
    private(set) var list: [Finding] = []
    private(set) var mustAsk = false
    private(set) var mustReject = false

    init(layout: SheetLayout) { self.layout = layout }

    mutating func start(sheetRow: Int) {
        self.sheetRow = sheetRow
        list = []
        mustAsk = false
        mustReject = false
    }

    mutating func add(_ rule: Rule, _ field: Field, _ text: CellText? = nil) {
        add(
            Finding(
                sheetRow: sheetRow, column: layout.sheetColumn(of: field), rule: rule,
                shape: text.map { ValueShape(of: $0.bytes) }, place: layout.place))
    }

    mutating func add(_ rule: Rule, column: Int? = nil) {
        let column = column.map { SheetColumn(index: $0, header: $0 < layout.headers.count ? layout.headers[$0] : "") }
        add(Finding(sheetRow: sheetRow, column: column, rule: rule, place: layout.place))
    }

    /// Says what was mended before the cell was read.
    mutating func addMending(_ field: Field, _ text: CellText) {
        if text.mending.isEmpty { return }
        if text.mending.contains(.spaces) { add(.spacesRemoved, field, text) }
        if text.mending.contains(.textMarker) { add(.textMarkerRemoved, field, text) }
        if text.mending.contains(.fullWidth) { add(.fullWidthMended, field, text) }
    }

    /// Repeats what was found about an equal cell of an earlier row.
    mutating func repeatFindings(_ findings: [Finding]) {
        for var finding in findings {
            finding.sheetRow = sheetRow
            add(finding)
        }
    }

    private mutating func add(_ finding: Finding) {
        switch finding.severity {
        case .fixed, .warn: break
        case .ask: mustAsk = true
        case .reject: mustReject = true
        }
        list.append(finding)
    }
}
