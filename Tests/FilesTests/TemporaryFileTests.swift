import Errors
import Foundation
import TestSupport
import Testing

@testable import Files

@Suite struct TemporaryFileTests {
    let directory: TemporaryDirectory
    var path: String { directory.path + "/test" }

    init() throws { directory = try TemporaryDirectory() }

    @Test("A file on its way has a name that nobody foresees, and writes through no link")
    func temporaryNames() throws {
        let names = (0..<100).map { _ in TemporaryFile.name(beside: path) }
        #expect(Set(names).count == 100)
        // What a name could be foreseen by is no part of it.
        let victim = directory.path + "/victim"
        try Data("kept".utf8).write(to: URL(filePath: victim))
        let foreseen = "\(path).new-\(ProcessInfo.processInfo.processIdentifier)"
        try FileManager.default.createSymbolicLink(atPath: foreseen, withDestinationPath: victim)
        try DurableFile.replace([1, 2, 3], at: path)
        #expect(try String(contentsOfFile: victim, encoding: .utf8) == "kept")
        #expect(try DurableFile.read(path) == [1, 2, 3])
        let left = try FileManager.default.contentsOfDirectory(atPath: directory.path).filter { $0.contains(".new-") }
        #expect(left == [URL(filePath: foreseen).lastPathComponent])
    }

    @Test("A file that is whole gets its name, one that is given up leaves nothing", arguments: [false, true])
    func temporaryFiles(isNamed: Bool) throws {
        func names() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: directory.path) }
        func file() throws -> TemporaryFile {
            let file =
                try isNamed
                ? TemporaryFile(namedBeside: path, mode: 0o600) : TemporaryFile(beside: path, mode: 0o600)
            #expect(write(file.descriptor, "new", 3) == 3)
            // The same file by a name, for libraries.
            #expect(try DurableFile.read(file.openPath) == Array("new".utf8))
            return file
        }
        _ = try file()
        #expect(try names().isEmpty)
        // On this machine's file systems it has no name; the control: one that has is seen.
        let first = try file()
        #expect(try names().count == (isNamed ? 1 : 0))
        try first.create()
        #expect(try DurableFile.read(path) == Array("new".utf8))
        #expect(throws: FileError(.alreadyExists, zh: "", en: "")) { try file().create() }
        try Data("old".utf8).write(to: URL(filePath: path))
        try file().replace()
        #expect(try DurableFile.read(path) == Array("new".utf8))
        #expect(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int == 0o600)
        #expect(throws: FileError(.fileAccess, zh: "", en: "")) {
            _ = try TemporaryFile(beside: directory.path + "/missing/file", mode: 0o600)
        }
        withExtendedLifetime(first) {}
    }
}
