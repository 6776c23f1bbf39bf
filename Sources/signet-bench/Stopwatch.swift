import Glibc

enum Stopwatch {
    static func seconds(_ body: () throws -> Void) rethrows -> Double {
        let start = ContinuousClock.now
        try body()
        return (ContinuousClock.now - start).seconds
    }

    /// Operations a second of all threads together, each with a worker of its own that is made before
    /// its time is taken.
    static func rate<Worker>(
        threads: Int, count: Int, _ make: @escaping @Sendable () throws -> Worker,
        _ body: @escaping @Sendable (Worker) throws -> Void
    ) async throws -> Double {
        try await withThrowingTaskGroup(of: Double.self) { group in
            for _ in 0..<threads {
                group.addTask {
                    let worker = try make()
                    return try Double(count) / seconds { try body(worker) }
                }
            }
            return try await group.reduce(0, +)
        }
    }

    /// What all threads of this process have used, in their own code and in the kernel for them.
    static var processorSeconds: Double {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
        return seconds(usage.ru_utime) + seconds(usage.ru_stime)
    }

    static func median(_ values: [Double]) -> Double {
        let sorted = values.sorted()
        let middle = sorted.count / 2
        return sorted.count.isMultiple(of: 2) ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
    }
}

/// An instant, and what this process had used by then.
struct Moment {
    private let time = ContinuousClock.now
    private let processor = Stopwatch.processorSeconds

    func seconds(since start: Moment) -> Double { (time - start.time).seconds }
    func processorSeconds(since start: Moment) -> Double { processor - start.processor }
}

extension Duration {
    var seconds: Double { self / .seconds(1) }
}

extension Double {
    /// With two decimals, such as `0.97`.
    var twoDecimals: String {
        let hundredths = Int((self * 100).rounded())
        let rest = hundredths % 100
        return "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest)"
    }
}

enum Memory {
    /// The most this process has had in memory, in MiB.
    static var peakMebibytes: Int {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return usage.ru_maxrss / 1024
    }
}
