/// What a browser calls itself, in a few words of our own: nothing of its text is taken over.
package enum DeviceName {
    // The first that is named counts, as browsers name those they are like as well.
    private static let browsers = [
        ("MicroMessenger/", "WeChat"), ("Edg", "Edge"), ("Firefox/", "Firefox"), ("OPR/", "Opera"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ]
    private static let systems = [
        ("Windows", "Windows"), ("Android", "Android"), ("OpenHarmony", "HarmonyOS"), ("iPhone", "iPhone"),
        ("iPad", "iPad"), ("Macintosh", "macOS"), ("CrOS", "ChromeOS"), ("Linux", "Linux"),
    ]

    /// - Parameter userAgent: as HTTP's header has it (RFC 9110 §10.1.5).
    /// - Returns: empty for one that is not known.
    package static func of(_ userAgent: String) -> String {
        [browsers, systems].compactMap { known in known.first { userAgent.contains($0.0) }?.1 }.joined(separator: ", ")
    }
}
