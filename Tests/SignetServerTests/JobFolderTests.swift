import Foundation
import TestSupport
import Testing

@testable import SignetServer

@Suite struct JobFolderTests {
    @Test("What a killed server left behind is removed from among thousands of other names, which stay")
    func abandoned() throws {
        let parent = try TemporaryDirectory()
        // More names than a listing hands over at once.
        for number in 0..<3000 { try Data().write(to: URL(filePath: "\(parent.path)/other-\(number)")) }
        for number in 0..<3 {
            let left = "\(parent.path)/signet-jobs-left\(number)"
            try FileManager.default.createDirectory(atPath: left, withIntermediateDirectories: false)
            try Data("x".utf8).write(to: URL(filePath: left + "/1.in"))
        }
        let alive = try JobFolder(in: parent.path)
        let second = try JobFolder(in: parent.path)
        let names = try FileManager.default.contentsOfDirectory(atPath: parent.path)
        #expect(names.count { $0.hasPrefix("other-") } == 3000)
        let jobs = Set(names.filter { $0.hasPrefix("signet-jobs-") }.map { "\(parent.path)/\($0)" })
        #expect(jobs == [alive.path, second.path])
    }

    @Test("Servers that start at once do not take each other's new folders for abandoned ones")
    func together() async throws {
        let parent = try TemporaryDirectory()
        let folders = try await withThrowingTaskGroup(of: JobFolder.self) { group in
            for _ in 0..<32 { group.addTask { try JobFolder(in: parent.path) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        let names = try FileManager.default.contentsOfDirectory(atPath: parent.path)
        #expect(Set(names.map { "\(parent.path)/\($0)" }) == Set(folders.map(\.path)))
        #expect(names.count == 32)
    }
}
