import HTTPSupport

/// Who may have a verification taken up, and which result is given up for it. No owner can take what another needs:
/// strangers and keys have places apart, and whoever has the most finished results gives way first.
struct Places {
    /// Of all keys together, and of all strangers.
    private static let (keys, strangers) = (64, 32)

    /// What one owner may have waiting or running, and finished.
    private struct Share {
        let unfinished: Int
        let finished: Int

        init(of asker: Asker) {
            (unfinished, finished) = if case .key = asker { (8, 16) } else { (2, 4) }
        }
    }

    struct Taken {
        let id: String
        let owner: String
        let isByKey: Bool
        /// On the monotonic clock; nil until it is finished.
        let finishedAt: Double?
        let isFetched: Bool
    }

    let taken: [Taken]

    /// - Returns: finished verifications to be given up, so that there is room for one more of this owner's.
    /// - Throws: `too-many-jobs` for the owner's own share, `busy` when nobody has anything to give up.
    func room(for asker: Asker) throws(Problem) -> [String] {
        let share = Share(of: asker)
        let own = taken.filter { $0.owner == asker.name }
        guard own.count(where: { $0.finishedAt == nil }) < share.unfinished else {
            throw Problem.tooManyJobs(share.unfinished)
        }
        let finished = own.filter { $0.finishedAt != nil }
        if finished.count >= share.finished, let oldest = Self.leastNeeded(finished) { return [oldest.id] }
        let isByKey = Asker.isKey(named: asker.name)
        let alike = taken.filter { $0.isByKey == isByKey }
        return alike.count >= (isByKey ? Self.keys : Self.strangers) ? [try giveUp(by: alike, for: own)] : []
    }

    /// Of whoever has the most finished, among those with more than the newcomer has; else of the newcomer's own. Nobody
    /// can block others by not fetching, nor push out others' results by sending more than they do.
    private func giveUp(by owners: [Taken], for own: [Taken]) throws(Problem) -> String {
        let counts = Dictionary(grouping: owners, by: \.owner).mapValues(\.count)
        let givers = owners.filter { $0.finishedAt != nil && counts[$0.owner, default: 0] > own.count }
        let finished = Dictionary(grouping: givers, by: \.owner).mapValues(\.count)
        let most = finished.values.max()
        let greediest = givers.filter { finished[$0.owner] == most }
        let given = Self.leastNeeded(greediest) ?? Self.leastNeeded(own.filter { $0.finishedAt != nil })
        guard let given else { throw Problem.busyJobs }
        return given.id
    }

    /// What was fetched already, and of these the oldest.
    private static func leastNeeded(_ finished: [Taken]) -> Taken? {
        finished.min { ($0.isFetched ? 0 : 1, $0.finishedAt ?? 0) < ($1.isFetched ? 0 : 1, $1.finishedAt ?? 0) }
    }
}
