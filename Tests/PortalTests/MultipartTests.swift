import HTTPSupport
import Testing

@Suite("Forms with a file")
struct MultipartTests {
    private static func part(_ head: String, _ content: String = "1") -> String {
        "--b\r\nContent-Disposition: form-data; \(head)\r\n\r\n\(content)\r\n"
    }

    private static func form(_ text: String) -> MultipartForm? { MultipartForm(Array(text.utf8), boundary: "b") }

    @Test("texts and one file are read, whatever is in the file")
    func sound() throws {
        let content = "a\r\n--c\r\n\r\n--\u{0}b\r\r\n-"
        let text =
            Self.part("name=\"title\"", "六月 \"1\"") + Self.part("name=\"file\"; filename=\"成绩.csv\"", content)
            + "--b--\r\n"
        let form = try #require(Self.form(text))
        #expect(form.fields.map(\.name) == ["title"] && form.fields.map(\.value) == ["六月 \"1\""])
        #expect(form.file?.fileName == "成绩.csv" && form.file?.bytes == Array(content.utf8))
        let empty = try #require(Self.form(Self.part("name=\"file\"; filename=\"\"", "") + "--b--"))
        #expect(empty.file == nil && empty.fields.isEmpty)
    }

    @Test(
        "anything else is refused",
        arguments: [
            "", "--b", "--b--x", "x--b--", "--b\r\n", "--b\r\n\r\n1\r\n--b--", part("name=\"a\""),
            part("name=\"\"") + "--b--",
            part("name=a") + "--b--", part("name=\"a\"; filename=x") + "--b--", part("name=\"a\"", "\u{0}") + "--b--",
            part("name=\"a\"") + "--b--\r\nmore",
            part("name=\"a\"").replacing("form-data", with: "attachment") + "--b--",
            part("name=\"a\"", String(repeating: "x", count: 4097)) + "--b--",
            String(repeating: part("name=\"a\""), count: 21) + "--b--",
            part("name=\"f\"; filename=\"1\"") + part("name=\"g\"; filename=\"2\"") + "--b--",
            "--b\r\nX: " + String(repeating: "x", count: 3000) + "\r\n\r\n1\r\n--b--",
            part("name=\"a\"").replacing("\r\n\r\n", with: "\n\n") + "--b--",
            "--b\r\nContent-Disposition: form-data; name=\"a\"\r\nContent-Disposition: form-data; name=\"b\"\r\n\r\n1\r\n--b--",
        ])
    func refused(text: String) { #expect(Self.form(text) == nil) }

    @Test("the boundary is the one that the type names")
    func boundaries() {
        #expect(MultipartForm.boundary(inType: "multipart/form-data; boundary=----WebKitFormBoundaryAb1") != nil)
        #expect(MultipartForm.boundary(inType: "Multipart/Form-Data; charset=utf-8; boundary=\"a b\"") == nil)
        #expect(MultipartForm.boundary(inType: "multipart/form-data; boundary=\"ab\"") == "ab")
        for type in [
            "", "text/plain", "multipart/form-data", "multipart/form-data; boundary=", "multipart/mixed; boundary=a",
            "multipart/form-data; boundary=a; boundary=b", "multipart/form-data; boundary=\r\n",
            "multipart/form-data; boundary=" + String(repeating: "a", count: 71),
        ] {
            #expect(MultipartForm.boundary(inType: type) == nil, "\(type)")
        }
    }
}
