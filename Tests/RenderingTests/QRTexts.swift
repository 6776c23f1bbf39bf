/// QR texts for tests.
enum QRTexts {
    static let address = "https://verify.example.cn/c#"

    /// The same every time: digits of a small linear congruential generator.
    static func digits(_ count: Int, seed: UInt64 = 1) -> String {
        var state = seed
        var text = ""
        for _ in 0..<count {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            text += String((state >> 33) % 10)
        }
        return text
    }

    /// What a seal of so many bytes becomes: 17 digits for 7 bytes, and a shorter last group.
    static func digitCount(sealBytes: Int) -> Int {
        sealBytes / 7 * 17 + [0, 3, 5, 8, 10, 13, 15][sealBytes % 7]
    }
}
