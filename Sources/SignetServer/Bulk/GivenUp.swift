/// The last verifications whose results made room for others, so that whoever asks for one is told why it is gone.
struct GivenUp {
    private static let mostKept = 1024

    private var ids: Set<String> = []
    /// Oldest first, from ``next`` round.
    private var order: [String] = []
    private var next = 0

    func contains(_ id: String) -> Bool { ids.contains(id) }

    mutating func add(_ id: String) {
        ids.insert(id)
        if order.count < Self.mostKept { return order.append(id) }
        ids.remove(order[next])
        order[next] = id
        next = (next + 1) % Self.mostKept
    }
}
