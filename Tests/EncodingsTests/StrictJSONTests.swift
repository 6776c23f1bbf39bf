import Encodings
import Foundation
import Testing

@Suite struct StrictJSONTests {
    private func isAcceptable(_ text: String) -> Bool {
        Array(text.utf8).withUnsafeBytes(StrictJSON.isAcceptable)
    }

    @Test(
        "a member named twice and a NUL are seen wherever they stand",
        arguments: [
            #"{"a":1,"a":2}"#, #"{"a":{"b":1},"a":2}"#, #"{"x":[{"b":1,"c":2,"b":3}]}"#, #"{"a":1, "b":"\"", "a" : 2}"#,
            #"{"a":1,"\u0061":2}"#, #"{"a":"\u0000"}"#, #"{"a":"x\\\u0000"}"#, "{\"a\":\"\0\"}", #"["\u0000"]"#,
            #"{"a":["b","c"],"a":1}"#, #"{"a\u0000":1}"#,
        ])
    func refused(_ text: String) { #expect(!isAcceptable(text)) }

    @Test(
        "and what only looks like it is not",
        arguments: [
            "{}", "[]", #"{"a":1,"b":1}"#, #"{"a":"a","b":"a"}"#, #"{"a":{"a":{"a":1}}}"#, #"[{"a":1},{"a":1}]"#,
            #"{"a":"\\u0000"}"#, #"{"a":"{\"b\":1,\"b\":2}"}"#, #"{"a":"\"a\":","b":2}"#, #"{"a":["a","a"]}"#,
            #"{"a":"\\"}"#, #"{"seals":["1","1"]}"#, "{\"a\" :\n1 ,\t\"b\":null}",
        ])
    func accepted(_ text: String) { #expect(isAcceptable(text)) }

    @Test("depth and width have an end; broken JSON is left to the decoder")
    func bounds() {
        #expect(isAcceptable(String(repeating: "[", count: 8)) && !isAcceptable(String(repeating: "[", count: 9)))
        let wide = { (count: Int) in "{" + (0..<count).map { "\"k\($0)\":1" }.joined(separator: ",") + "}" }
        #expect(isAcceptable(wide(32)) && !isAcceptable(wide(33)))
        for broken in ["", "{", "\"", "{\"", "{\"a", "{\"a\\", "}", "]]]]", "{,}", "{\"a\":\"\\u00"] {
            #expect((try? JSONDecoder().decode([String: String].self, from: Data(broken.utf8))) == nil)
            _ = isAcceptable(broken)
        }
    }

    @Test("the same name anywhere in random objects is found, and no other")
    func random() {
        for _ in 0..<500 {
            let count = Int.random(in: 1...20)
            var names = (0..<count).map { "n\($0)" }
            let text = { (names: [String]) in
                "{" + names.map { "\"\($0)\": [{\"n0\": \"\\\\\"}, \"n1\"]" }.joined(separator: ",") + "}"
            }
            #expect(isAcceptable(text(names.shuffled())))
            names.append(names.randomElement() ?? "")
            #expect(!isAcceptable(text(names.shuffled())))
        }
    }
}
