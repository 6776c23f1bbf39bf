import Issuance

/// How far a long task is, with its rate and the time left: on standard error, and only on a terminal.
struct ProgressBar {
    private let label: String
    private let terminal = Terminal.standardError
    private let start = ContinuousClock.now
    private var lastDrawn: ContinuousClock.Instant?
    private var baseline: Int?

    init(_ label: String) { self.label = label }

    mutating func update(_ progress: IssuanceProgress) { update(progress.done, of: progress.total) }

    mutating func update(_ done: Int, of total: Int?) {
        guard terminal.isTerminal else { return }
        if baseline == nil { baseline = done }
        let now = ContinuousClock.now
        let isDone = total.map { done >= $0 } ?? false
        if let lastDrawn, now - lastDrawn < .milliseconds(100), !isDone { return }
        lastDrawn = now
        let seconds = (now - start) / .seconds(1)
        terminal.draw("\r\u{1B}[K" + line(done, total, seconds: seconds))
    }

    /// Leaves the line empty for what is printed next.
    func clear() {
        if terminal.isTerminal, lastDrawn != nil { terminal.draw("\r\u{1B}[K") }
    }

    private func line(_ done: Int, _ total: Int?, seconds: Double) -> String {
        let rate = seconds > 0.2 ? Double(done - (baseline ?? 0)) / seconds : 0
        let speed = rate > 0 ? "\(Int(rate).grouped)/s" : ""
        guard let total, total > 0 else { return "\(label)  \(done.grouped) rows  \(speed)" }
        let share = min(1, Double(done) / Double(total))
        let cells = max(10, min(40, terminal.width - 60))
        let filled = Int(share * Double(cells))
        let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: cells - filled)
        let left = rate > 0 ? "\(Int((Double(total - done) / rate).rounded(.up))) s left" : ""
        return "\(label)  \(bar) \(Int(share * 100)) %  \(done.grouped)/\(total.grouped)  \(speed)  \(left)"
    }
}

extension Int {
    /// With commas between thousands.
    var grouped: String {
        var text = ""
        for (position, digit) in String(magnitude).reversed().enumerated() {
            if position > 0, position % 3 == 0 { text.append(",") }
            text.append(digit)
        }
        return (self < 0 ? "-" : "") + String(text.reversed())
    }
}
