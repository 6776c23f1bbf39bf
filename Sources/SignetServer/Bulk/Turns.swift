/// Whose turn it is: each owner's jobs in the order in which they came, and one of each owner before the next of any.
struct Turns {
    private var waiting: [String: [String]] = [:]
    /// Owners of what waits, in turn.
    private var owners: [String] = []

    mutating func add(_ id: String, of owner: String) {
        if waiting[owner] == nil { owners.append(owner) }
        waiting[owner, default: []].append(id)
    }

    mutating func next() -> String? {
        guard !owners.isEmpty else { return nil }
        let owner = owners.removeFirst()
        guard var ids = waiting.removeValue(forKey: owner), !ids.isEmpty else { return next() }
        let id = ids.removeFirst()
        if !ids.isEmpty {
            waiting[owner] = ids
            owners.append(owner)
        }
        return id
    }
}
