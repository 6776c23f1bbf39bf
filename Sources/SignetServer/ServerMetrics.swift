import Hummingbird
import Synchronization
import Verification

/// Counters in the Prometheus text format. They hold no certificate, number or address.
final class ServerMetrics: Sendable {
    /// Upper bounds in seconds.
    private static let buckets = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1]

    private struct State {
        var requests: [Int: Int] = [:]
        var verdicts: [Outcome: Int] = [:]
        var bucketCounts = [Int](repeating: 0, count: ServerMetrics.buckets.count)
        var seconds = 0.0
        var count = 0
    }

    private let state = Mutex(State())

    func count(_ outcome: Outcome) {
        state.withLock { $0.verdicts[outcome, default: 0] += 1 }
    }

    func record(status: Int, seconds: Double) {
        state.withLock { state in
            state.requests[status, default: 0] += 1
            state.seconds += seconds
            state.count += 1
            if let bucket = Self.buckets.firstIndex(where: { seconds <= $0 }) { state.bucketCounts[bucket] += 1 }
        }
    }

    var exposition: String {
        let state = state.withLock { $0 }
        var lines = [
            "# HELP signet_http_requests_total Requests answered, by status.",
            "# TYPE signet_http_requests_total counter",
        ]
        for (status, count) in state.requests.sorted(by: { $0.key < $1.key }) {
            lines.append("signet_http_requests_total{status=\"\(status)\"} \(count)")
        }
        lines += ["# HELP signet_verdicts_total Seals verified, by verdict.", "# TYPE signet_verdicts_total counter"]
        for outcome in [Outcome.valid, .notValid, .couldNotCheck] {
            lines.append("signet_verdicts_total{verdict=\"\(outcome.rawValue)\"} \(state.verdicts[outcome] ?? 0)")
        }
        lines += ["# HELP signet_http_request_seconds Time to answer.", "# TYPE signet_http_request_seconds histogram"]
        var cumulative = 0
        for (bound, count) in zip(Self.buckets, state.bucketCounts) {
            cumulative += count
            lines.append("signet_http_request_seconds_bucket{le=\"\(bound)\"} \(cumulative)")
        }
        lines.append("signet_http_request_seconds_bucket{le=\"+Inf\"} \(state.count)")
        lines.append("signet_http_request_seconds_sum \(state.seconds)")
        lines.append("signet_http_request_seconds_count \(state.count)")
        return lines.joined(separator: "\n") + "\n"
    }
}

/// Counts and times every answer.
struct MetricsMiddleware<Context: RequestContext>: RouterMiddleware {
    let metrics: ServerMetrics

    func handle(
        _ request: Request, context: Context, next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        let start = ContinuousClock.now
        let response = try await next(request, context)
        metrics.record(status: response.status.code, seconds: (ContinuousClock.now - start) / .seconds(1))
        return response
    }
}
