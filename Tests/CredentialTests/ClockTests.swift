import Credential
import Testing

@Suite struct ClockTests {
    @Test("an instant is shown on its day and at its minute, where this machine is")
    func text() {
        for day in ["2026-01-01", "2026-07-10", "2024-02-29"] {
            // A day that exists.
            let start = Clock.start(of: CalendarDate(iso8601: day)!)
            #expect(Clock.text(start) == "\(day) 00:00")
            #expect(Clock.text(start + 5 * 3600 + 7 * 60 + 59) == "\(day) 05:07")
            #expect(Clock.text(start + 86_399) == "\(day) 23:59")
        }
    }
}
