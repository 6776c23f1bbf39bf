import Trust

/// The newest that was seen of what one authority publishes, so that an older copy put in its place is noticed.
package struct SeenPublications: Codable, Equatable, Sendable {
    package struct TrustListMark: Codable, Comparable, Sendable {
        package var sequence: Int
        /// Seconds since 1970; 0 when only the sequence is known.
        package var iat: Int

        package init(sequence: Int, iat: Int = 0) { (self.sequence, self.iat) = (sequence, iat) }

        package static func < (a: Self, b: Self) -> Bool { (a.sequence, a.iat) < (b.sequence, b.iat) }
    }

    package var trustList: TrustListMark
    /// The `iat` of each status list, by its address.
    package var statusLists: [String: Int]

    package init(trustList: TrustListMark = TrustListMark(sequence: 0), statusLists: [String: Int] = [:]) {
        (self.trustList, self.statusLists) = (trustList, statusLists)
    }

    /// With what else was seen: nothing ever goes back.
    package func merging(_ other: SeenPublications) -> SeenPublications {
        SeenPublications(
            trustList: max(trustList, other.trustList),
            statusLists: statusLists.merging(other.statusLists) { max($0, $1) })
    }
}

extension TrustList {
    package var mark: SeenPublications.TrustListMark { .init(sequence: sequence, iat: iat) }
}

extension TrustSource {
    /// The source, unless a newer list is known to have been published.
    package func notOlder(than known: SeenPublications.TrustListMark) -> TrustSource {
        guard case .list(let list) = self, list.list.mark < known else { return self }
        return .rolledBack
    }
}

extension StatusSource {
    /// The trust list that the status lists at hand go with, at least: who has them knows that it was published.
    package var leastTrustList: SeenPublications.TrustListMark {
        SeenPublications.TrustListMark(sequence: lists.compactMap(\.trustSequence).max() ?? 0)
    }

    /// What is to be remembered of the lists at hand.
    package var seen: SeenPublications { SeenPublications(trustList: leastTrustList, statusLists: issuedAt) }
}
