import Credential
import HTTPSupport
import Logging
import Lookup
import Synchronization
import Verification

/// How often numbers may be asked about, and how often in vain: by whatever way, one question counts once.
final class LookupLimits: Sendable {
    /// Counted for every number that is asked about, whether there is such a certificate or not. In a graduation's week
    /// a country asks about very many.
    private let perCertificate = RateLimiter(perMinute: 2, burst: 10, slotCount: 1 << 20)
    /// Questions that found nothing: typing errors are few, guesses are many.
    private let inVainPerClient = ClientLimiter(perMinute: 5, burst: 60)
    private let inVainPerKey: RateLimiter
    private let inVainOfAll: RateLimiter
    private let logger: Logger
    private let state = Mutex((count: 0, guessingSince: Double?.none))

    /// - Parameters:
    ///   - ofKey: questions of one API key that may find nothing at once, a thirtieth of it each minute after.
    ///   - ofAll: of everybody.
    init(ofKey: Int = 2000, ofAll: Int = 6000, logger: Logger) {
        inVainPerKey = RateLimiter(perMinute: Double(ofKey) / 30, burst: ofKey)
        inVainOfAll = RateLimiter(perMinute: Double(ofAll) / 10, burst: ofAll)
        self.logger = logger
    }

    /// Nil when the question may be answered, and then counted; else the whole seconds to wait.
    func delay(for number: CertificateNumber, client: Client) -> Int? {
        let now = MonotonicClock.seconds
        return inVainPerClient.delay(for: client, now: now, isCounted: false)
            ?? perCertificate.delay(for: number.text, now: now)
    }

    /// Likewise, of a row of a file that was sent with an API key.
    func delay(for number: CertificateNumber, key: String) -> Int? {
        let now = MonotonicClock.seconds
        return inVainPerKey.delay(for: key, now: now, isCounted: false)
            ?? perCertificate.delay(for: number.text, now: now)
    }

    /// - Returns: whether so many questions find nothing that somebody must be guessing.
    func countNoMatch(client: Client) -> Bool {
        _ = inVainPerClient.delay(for: client, now: MonotonicClock.seconds)
        return countOfAll()
    }

    func countNoMatch(key: String) {
        _ = inVainPerKey.delay(for: key, now: MonotonicClock.seconds)
        _ = countOfAll()
    }

    private func countOfAll() -> Bool {
        let now = MonotonicClock.seconds
        let isOver = inVainOfAll.delay(for: "all", now: now) != nil
        let isNews = state.withLock { state in
            state.count += 1
            defer { if isOver { state.guessingSince = now } }
            return isOver && now - (state.guessingSince ?? -.infinity) > 600
        }
        if isNews { logger.warning("very many questions by number find nothing: somebody may be guessing numbers") }
        return isOver
    }

    func exposition(_ lookup: any CertificateLookup) -> String {
        let (count, since) = state.withLock { $0 }
        let isGuessed = since.map { MonotonicClock.seconds - $0 < 60 } ?? false
        return """
            # HELP signet_signatures_remembered Certificates whose signatures were found right.
            # TYPE signet_signatures_remembered gauge
            signet_signatures_remembered \(lookup.checked.count)
            # HELP signet_lookup_no_match_total Questions by number that found nothing.
            # TYPE signet_lookup_no_match_total counter
            signet_lookup_no_match_total \(count)
            # HELP signet_lookup_guessing Whether in the last minute more found nothing than people mistype.
            # TYPE signet_lookup_guessing gauge
            signet_lookup_guessing \(isGuessed ? 1 : 0)

            """
    }
}
