import Encodings
import Foundation
import Signing
import StatusList
import TestSupport
import Testing

/// The specification's own examples.
@Suite struct VectorTests {
    private static func text(_ name: String) throws -> String {
        try String(contentsOf: Vectors.directory.appending(path: "status-list/\(name).md"), encoding: .utf8)
    }

    /// Bits and content of an example in JSON, which is folded over lines.
    private static func list(_ name: String) throws -> StatusArray {
        struct List: Decodable {
            let bits: Int
            let lst: String
        }
        let text = try text(name)
        let json = text[try #require(text.firstIndex(of: "{"))...].filter { !$0.isWhitespace }
        let list = try JSONDecoder().decode(List.self, from: Data(json.utf8))
        return try StatusArray(bits: list.bits, deflated: #require(Base64URL.decode(list.lst)))
    }

    /// The bytes of an example in annotated hexadecimal.
    private static func bytes(_ name: String) throws -> [UInt8] {
        let hex = try text(name).split(separator: "\n").map { line in
            line.prefix { $0 != "#" }.filter { !$0.isWhitespace }
        }
        return Vectors.hex(hex.joined())
    }

    @Test("The bytes b9 a3 hold the statuses of the first example, and compress to what they must")
    func oneBit() throws {
        let list = try Self.list("status_list_encoding_json")
        #expect(list.bytes == [0xB9, 0xA3] && list.count == 16)
        #expect(
            try (0..<16).map(list.status) == [1, 0, 0, 1, 1, 1, 0, 1, 1, 1, 0, 0, 0, 1, 0, 1])
        #expect(try Base64URL.encode(StatusArray(bits: 1, bytes: [0xB9, 0xA3]).deflated()) == "eNrbuRgAAhcBXQ")
    }

    @Test("Two bits: twelve statuses in three bytes")
    func twoBits() throws {
        let list = try Self.list("status_list_encoding2_json")
        #expect(list.bytes == [0xC9, 0x44, 0xF9])
        #expect(try (0..<12).map(list.status) == [1, 2, 0, 3, 0, 1, 0, 1, 1, 2, 3, 3])
        #expect(try Base64URL.encode(list.deflated()) == "eNo76fITAAPfAgc")
    }

    @Test(
        "Four and eight bits: a million entries, each value at its place",
        arguments: [(4, 106_746_109), (8, 16_280_222_645)])
    func large(bits: Int, weight: Int) throws {
        let list = try Self.list("status_list_encoding\(bits)_json")
        #expect(list.count == 1 << 20)
        var (values, sum) = ([UInt8](), 0)
        for index in 0..<list.count {
            let value = try list.status(at: index)
            guard value != 0 else { continue }
            values.append(value)
            sum += index * Int(value)
        }
        // As Python's zlib reads them.
        #expect(values.sorted() == Array(1...UInt8((1 << bits) - 1)))
        #expect(sum == weight)
    }

    @Test("The JWT and the CWT example say the same")
    func tokens() throws {
        let jwt = try UnverifiedStatusToken(Array(Self.text("status_list_jwt_raw").filter { !$0.isWhitespace }.utf8))
        let cwt = try UnverifiedStatusToken(Self.bytes("status_list_cwt_diag"))
        for claims in [jwt.unverifiedClaims, cwt.unverifiedClaims] {
            #expect(claims.uri == "https://example.com/statuslists/1")
            #expect(claims.issuedAt == 1_686_920_170 && claims.expiresAt == 2_291_720_170)
            #expect(claims.timeToLive == 43_200 && claims.bits == 1)
            #expect(try StatusArray(bits: claims.bits, deflated: claims.deflated).bytes == [0xB9, 0xA3])
        }
        #expect(jwt.keyID == "12")
    }

    @Test("The CBOR example is in the CWT as it stands")
    func cbor() throws {
        let (list, token) = (try Self.bytes("status_list_encoding_cbor_diag"), try Self.bytes("status_list_cwt_diag"))
        #expect(token.indices.contains { token[$0...].starts(with: list) })
    }
}
