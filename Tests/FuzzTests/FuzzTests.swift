import FuzzTargets
import Testing

@Suite struct FuzzTests {
    @Test("no parser ends by what it is given: the seeds, and mutants of them", arguments: FuzzTarget.allCases)
    func mutants(_ target: FuzzTarget) throws {
        let seeds = try target.seeds()
        try #require(!seeds.isEmpty)
        var mutator = Mutator(seed: 20_261_128)
        for seed in seeds {
            target.run(seed)
            for _ in 0..<200 { target.run(mutator.mutant(of: seed, among: seeds, longest: target.longest)) }
        }
    }
}
