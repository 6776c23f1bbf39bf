import StatusList
import Testing

/// Addresses of status lists, as seals name them.
@Suite struct AddressTests {
    @Test("An address tells its list's number, on any host", arguments: [1, 7, 10, 4_096, Int.max])
    func own(list: Int) {
        #expect(StatusListURI.list(in: StatusListURI.text(host: "verify.example.org", list: list)) == list)
        #expect(StatusListURI.list(in: "https://别处.example:8443/status/\(list)") == list)
    }

    @Test(
        "Another spelling is no address of ours",
        arguments: [
            "", "https://", "https://h", "https://h/", "https://h/status/", "https://h/status/0", "https://h/status/01",
            "https://h/status/+1", "https://h/status/-1", "https://h/status/1/", "https://h/status/1?x",
            "https://h/status/١", "https://h/status/9223372036854775808", "http://h/status/1", "https://h/a/status/1",
            "https://h/Status/1", "/status/1",
        ])
    func foreign(uri: String) { #expect(StatusListURI.list(in: uri) == nil) }
}
