/// Whole numbers in proportion to weights that add up to the total exactly (largest remainder,
/// earlier first).
func apportion(_ total: Int, by weights: [Int]) -> [Int] {
    let sum = weights.reduce(0, +)
    var shares = weights.map { total * $0 / sum }
    let left = total - shares.reduce(0, +)
    let byRemainder = weights.indices.sorted { a, b in
        let (x, y) = (total * weights[a] % sum, total * weights[b] % sum)
        return x == y ? a < b : x > y
    }
    for index in byRemainder.prefix(left) { shares[index] += 1 }
    return shares
}
