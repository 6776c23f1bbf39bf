import Errors
import Files
import FoundationEssentials
import Signing

/// config.json, checked: a wrong setting stops every command and is named.
package struct HomeConfig: Sendable {
    /// The authority's name, as trust lists and pages show it.
    package let authority: String
    /// Host in QR codes: `https://HOST/c#…`. It opens the page; it is never what is trusted.
    package let host: String
    /// Address of the timestamp authority (RFC 3161) that documents are stamped by; nil for none.
    package let timestampAuthority: String?

    /// Origin at which staff open the portal, such as `https://portal.example.org`; nil for this machine alone.
    package let portal: String?
    /// Where people are told what waits for them, beside the portal's first page.
    package let notices: [NoticeChannel]

    private struct Raw: Codable {
        var authority: String
        var host: String
        var timestampAuthority: String?
        var portal: String?
        var notices: [NoticeChannel]?
    }

    package init(
        authority: String, host: String, timestampAuthority: String? = nil, portal: String? = nil,
        notices: [NoticeChannel] = []
    ) throws {
        guard !authority.isEmpty else {
            throw Refusal(.configuration, zh: "authority：请填写主管机构的名称", en: "authority: give the name of the authority")
        }
        let allowed = Set("abcdefghijklmnopqrstuvwxyz0123456789.-:")
        guard !host.isEmpty, host.count <= 100, host.allSatisfy({ allowed.contains($0) }) else {
            throw Refusal(
                .configuration, zh: "host：请填写小写的主机名，例如 verify.example.org，不带 https://",
                en: "host: give a host name in lower case, such as verify.example.org, without https://")
        }
        let isAddress = timestampAuthority?.wholeMatch(of: #/https?://[!-~]+/#) != nil
        guard timestampAuthority == nil || isAddress else {
            throw Refusal(
                .configuration, zh: "timestampAuthority：请填写地址，例如 https://timestamp.example.org/tsr",
                en: "timestampAuthority: give an address such as https://timestamp.example.org/tsr")
        }
        self.timestampAuthority = timestampAuthority
        for channel in notices { try channel.check() }
        guard Set(notices.map(\.name)).count == notices.count else {
            throw Refusal(.configuration, zh: "notices：两个通道同名", en: "notices: two channels have one name")
        }
        self.notices = notices
        self.portal = portal
        self.authority = authority
        self.host = host
    }

    package init(path: String) throws {
        guard let raw = try? JSONDecoder().decode(Raw.self, from: Data(DurableFile.read(path))) else {
            throw Refusal(
                .configuration, zh: "\(path) 不是含有文本 authority 和 host（以及可选的 timestampAuthority）的 JSON；请改正",
                en: "\(path) is not JSON with the texts authority and host, and perhaps timestampAuthority; mend it")
        }
        try self.init(
            authority: raw.authority, host: raw.host, timestampAuthority: raw.timestampAuthority, portal: raw.portal,
            notices: raw.notices ?? [])
    }

    package func encoded() throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return try Array(
            encoder.encode(
                Raw(
                    authority: authority, host: host, timestampAuthority: timestampAuthority, portal: portal,
                    notices: notices.isEmpty ? nil : notices)))
            + [0x0A]
    }
}
