import Foundation
import Testing

/// Whether the contract speaks of everything that a driver promises.
@Suite struct ContractCoverageTests {
    private static let here = URL(filePath: #filePath).deletingLastPathComponent()

    private static func text(of folder: URL) throws -> String {
        try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
            .filter { $0.pathExtension == "swift" && $0.lastPathComponent != "ContractCoverageTests.swift" }
            .map { try String(contentsOf: $0, encoding: .utf8) }.joined(separator: "\n")
    }

    /// The methods of the protocols for the bodies of transactions, as a name and the labels of the arguments.
    private static func methods(in source: String) -> Set<[String]> {
        var methods: Set<[String]> = []
        for found in source.matches(of: /protocol \w+(?:Reading|Writing)\b[^{]*\{(?<body>[^}]*)\}/) {
            for method in found.body.matches(of: /func (?<name>\w+)\((?<parameters>[^)]*)/) {
                let labels = method.parameters.matches(of: /(?:^|[,(]\s*)\s*(?<label>\w+)(?: \w+)?:/).map {
                    String($0.label)
                }
                methods.insert([String(method.name)] + labels)
            }
        }
        return methods
    }

    /// Whether a method is called with its labels, in their order.
    private static func calls(_ method: [String], _ source: String) throws -> Bool {
        let labels = method.dropFirst().filter { $0 != "_" }.map { "[^;]{0,300}?\\b\($0):" }.joined()
        return try source.contains(Regex("\\.\(method[0])(\\(|\\s*\\{)\(labels)"))
    }

    @Test("Every method of the store's protocols is called by the contract")
    func complete() throws {
        let source = try Self.text(of: Self.here.appending(path: "../../Sources/Store"))
        let contract = try Self.text(of: Self.here)
        let methods = Self.methods(in: source)
        #expect(methods.count > 80 && methods.contains(["takeSerials", "_", "in"]))
        let missing = try methods.filter { try !Self.calls($0, contract) }.map { $0.joined(separator: " ") }.sorted()
        #expect(missing == [])
        // The control: a method that nobody calls is missed.
        #expect(try !Self.calls(["takeSerials", "_", "of"], contract))
    }
}
