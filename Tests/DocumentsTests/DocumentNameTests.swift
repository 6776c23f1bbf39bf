import Documents
import Testing

@Suite struct DocumentNameTests {
    @Test(
        "names are safe on every system",
        arguments: [
            ("王小明", "N-王小明.pdf"), ("a/b\\c:d", "N-a_b_c_d.pdf"), ("x.", "N-x.pdf"), ("tab\there", "N-tab_here.pdf"),
            ("q\"?*", "N-q___.pdf"),
        ])
    func safe(holder: String, name: String) {
        #expect(DocumentName.pdf(number: "N", holder: holder, serial: 1) == name)
    }

    @Test("a replacement has its serial in its name")
    func serial() { #expect(DocumentName.pdf(number: "N", holder: "a", serial: 2) == "N-a-2.pdf") }

    @Test("devices of Windows are no names")
    func devices() {
        #expect(DocumentName.safe("con") == "_con")
        #expect(DocumentName.safe("LPT1.x") == "_LPT1.x")
        #expect(DocumentName.safe("...") == "_")
        #expect(DocumentName.safe(String(repeating: "长", count: 500)).count == 80)
    }
}
