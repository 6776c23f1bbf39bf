import Credential
import Encodings
import Errors
import TestSupport
import Testing

@Suite struct CBORTests {
    private func skipAll(_ hex: String) throws {
        var reader = CBORReader(Vectors.hex(hex))
        try reader.skip()
        try reader.finish()
    }

    @Test(
        "Deterministic encodings are read",
        arguments: [
            "00", "17", "1818", "18ff", "190100", "1a00010000", "1b0000000100000000", "20", "3903e7", "40", "4101",
            "60",
            "63e4bda0", "80", "8301020380".dropLast(2).description, "a0", "a10102", "a2010218180a", "a2016120613102",
        ])
    func accepted(hex: String) throws {
        #expect(throws: Never.self) { try skipAll(hex) }
    }

    @Test(
        "What authenticators send beyond that is read only where it is asked for",
        arguments: ["f4", "f5", "f6", "a1616bf5", "a202010102", "a2626262016161f6", "81a1616bf4"])
    func dialect(hex: String) throws {
        var reader = CBORReader(Vectors.hex(hex), dialect: .authenticator)
        try reader.skip()
        try reader.finish()
        #expect(throws: FormatError.self) { try skipAll(hex) }
    }

    @Test(
        "and nothing else",
        arguments: ["f7", "f0", "f820", "f93c00", "fb3ff0000000000000", "a201010102", "9fff", "bfff", "c100", "1800"])
    func stillRefused(hex: String) {
        #expect(throws: FormatError.self) {
            var reader = CBORReader(Vectors.hex(hex), dialect: .authenticator)
            try reader.skip()
            try reader.finish()
        }
    }

    @Test(
        "Everything else is refused with its reason",
        arguments: [
            ("1800", FormatError.Code.notCanonical), ("1817", .notCanonical), ("1900ff", .notCanonical),
            ("1a0000ffff", .notCanonical), ("1b00000000ffffffff", .notCanonical), ("5800", .notCanonical),
            ("5f4100ff", .notCanonical), ("9fff", .notCanonical), ("bfff", .notCanonical), ("1c", .notCanonical),
            ("f5", .wrongType), ("f6", .wrongType), ("f93c00", .wrongType), ("fb3ff0000000000000", .wrongType),
            ("c100", .wrongType), ("a201010101", .notCanonical), ("a202010101", .notCanonical),
            ("a2613101016131", .notCanonical), ("62c328", .malformedText), ("61ff", .malformedText),
            ("0000", .trailingBytes), ("", .truncated), ("18", .truncated), ("4201", .truncated), ("8201", .truncated),
            ("9a00ffffff", .truncated), ("ba00ffffff", .truncated), ("5b7fffffffffffffff", .truncated),
            ("1bffffffffffffffff", .tooLong), ("818181818181818181818100", .tooDeep),
        ])
    func refused(hex: String, code: FormatError.Code) {
        #expect(throws: FormatError(code, zh: "", en: "")) { try skipAll(hex) }
    }

    @Test("Random bytes never crash the reader, and what it takes is what the writer makes")
    func randomBytes() {
        var generator = SeededGenerator(seed: 1)
        for _ in 0..<20_000 {
            let bytes = (0..<Int.random(in: 0...40, using: &generator)).map { _ in
                UInt8.random(in: 0...255, using: &generator)
            }
            var reader = CBORReader(bytes)
            guard let value = try? reader.readInteger(), (try? reader.finish()) != nil else { continue }
            var writer = CBORWriter()
            writer.writeInteger(value)
            #expect(writer.bytes == bytes)
        }
    }

    @Test(
        "Integers of every size come back",
        arguments: [
            0, 23, 24, 255, 256, 65535, 65536, 4_294_967_295, 4_294_967_296, .max, -1, -24, -25, -256, -257, -65537,
            .min,
        ])
    func integers(value: Int) throws {
        var writer = CBORWriter()
        writer.writeInteger(value)
        var reader = CBORReader(writer.bytes)
        #expect(try reader.readInteger() == value)
        try reader.finish()
    }
}
