import HTTPSupport
import Lookup
import Synchronization

/// Archives that are made at once: each draws a whole batch, on a thread of its own.
final class ArchivePlaces: Sendable {
    private static let (most, retrySeconds) = (2, 60)

    private let count = Mutex(0)

    /// - Throws: ``ServerBusy`` when as many are being made already.
    func take() throws(ServerBusy) -> Place {
        let isAdmitted = count.withLock { count in
            guard count < Self.most else { return false }
            count += 1
            return true
        }
        guard isAdmitted else { throw ServerBusy(seconds: Self.retrySeconds, .documents) }
        return Place(self)
    }

    /// Given back when the last reference goes, whether its archive was finished or not.
    final class Place: Sendable {
        let executor = QueueExecutor("archive")
        private let places: ArchivePlaces

        fileprivate init(_ places: ArchivePlaces) { self.places = places }

        deinit { places.count.withLock { $0 -= 1 } }
    }
}
