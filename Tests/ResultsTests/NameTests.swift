import Results
import Testing

@Suite struct NameTests {
    private func read(_ name: String, onPassport: Bool = false) throws -> (name: String?, codes: [String]) {
        let document: [Field: String] = onPassport ? [.documentKind: "护照", .documentNumber: "E12345678"] : [:]
        let reading = try readRow(document.merging([.name: name]) { $1 })
        return (reading.result?.name, reading.codes)
    }

    @Test("4 damaged names are asked about", arguments: ["张?丽", "张\u{FFFD}", "张\u{E863}", "李？", "王□"])
    func damaged(name: String) throws {
        let (read, codes) = try read(name)
        #expect(read == nil && codes == ["name-damaged"])
    }

    @Test("5 separators become U+00B7", arguments: ["•", "‧", "・", "．", "."])
    func separators(dot: String) throws {
        let (read, codes) = try read("买买提\(dot)吐尔逊")
        #expect(read == "买买提\u{B7}吐尔逊" && codes == ["name-separator"])
    }

    @Test("5 the right separator is left alone")
    func rightSeparator() throws {
        let (read, codes) = try read("买买提\u{B7}吐尔逊")
        #expect(read == "买买提\u{B7}吐尔逊" && codes.isEmpty)
    }

    @Test("6 spaces inside a two-character name go", arguments: ["张 丽", "张  丽"])
    func spaces(name: String) throws {
        let (read, codes) = try read(name)
        #expect(read == "张丽" && codes == ["name-spaces"])
    }

    @Test("6 single inner spaces of Latin names stay")
    func latin() throws {
        #expect(try read("Maria Da Silva", onPassport: true) == ("Maria Da Silva", []))
        #expect(try read("Maria  Silva", onPassport: true) == ("Maria Silva", ["name-spaces"]))
    }

    @Test("6 a space that may stand for a separator is asked about")
    func unclearSpaces() throws {
        let (read, codes) = try read("买买提 吐尔逊")
        #expect(read == nil && codes == ["name-spaces-unclear"])
    }

    @Test("7 traditional forms are kept, compatibility forms asked about")
    func variants() throws {
        #expect(try read("張曉麗") == ("張曉麗", []))
        #expect(try read("张\u{F9E9}").codes == ["name-variant"])
        #expect(try read("Jose\u{301} Lopez").codes == ["name-variant"])
    }

    @Test("8 what is pasted beside a name is asked about", arguments: ["張(zhāng)", "张三（男）", "张三1", "张*", "·张三", "张A"])
    func annotated(name: String) throws {
        let (read, codes) = try read(name)
        #expect(read == nil && codes == ["name-annotated"])
    }

    @Test("9 full-width letters become ordinary ones")
    func fullWidth() throws {
        #expect(try read("Ｌｉ Ｍｉｎｇ", onPassport: true) == ("Li Ming", ["full-width-mended"]))
    }

    @Test(
        "11 space around a name goes", arguments: [" 张晓丽", "张晓丽\u{A0}", "张晓\u{200B}丽", "\u{3000}张晓丽\t", "张晓丽\u{FEFF}"])
    func around(name: String) throws {
        let (read, codes) = try read(name)
        #expect(read == "张晓丽" && codes == ["spaces-removed"])
    }

    @Test(
        "11 what turns the text around it never stays in a name, and is reported",
        arguments: [0x61C...0x61C, 0x200E...0x200F, 0x202A...0x202E, 0x2066...0x2069].joined().compactMap(
            Unicode.Scalar.init))
    func directions(scalar: Unicode.Scalar) throws {
        for name in ["张晓\(scalar)丽", "\(scalar)张晓丽\u{202C}", "\(scalar)张\(scalar)晓丽"] {
            let (read, codes) = try read(name)
            #expect(read == "张晓丽" && codes == ["spaces-removed"])
        }
    }

    @Test("a name has 2 to 50 characters")
    func lengths() throws {
        #expect(try read("张").codes == ["name-too-long"])
        #expect(try read(String(repeating: "张", count: 51)).codes == ["name-too-long"])
        #expect(try read(String(repeating: "张", count: 50)).name != nil)
    }
}
