import Credential

/// The answers of one file's look-ups: rows with the same number and holder are asked about once.
actor LookupMemo {
    private let find: NumberSearch
    private var answers: [String: Task<NumberAnswer, any Error>] = [:]

    init(_ find: @escaping NumberSearch) { self.find = find }

    func answer(_ question: NumberQuestion) async throws -> NumberAnswer {
        let key =
            switch question.holder {
            case .name(let name): "\(question.number)\u{0}n\(name)"
            case .idLastSix(let id): "\(question.number)\u{0}i\(id)"
            }
        let asked = answers[key] ?? Task { [find] in try await find(question) }
        answers[key] = asked
        return try await asked.value
    }
}
