import HTTPTypes
import Hummingbird

/// What every answer of the portal says, and which requests are taken.
enum PortalManners {
    private static let headers: [(String, String)] = [
        (
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
                + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
        ),
        ("Cross-Origin-Opener-Policy", "same-origin"), ("Cross-Origin-Resource-Policy", "same-origin"),
        ("X-Content-Type-Options", "nosniff"),
        // Not no-referrer: with that browsers send `Origin: null` with forms.
        ("Referrer-Policy", "same-origin"),
        (
            "Permissions-Policy",
            "publickey-credentials-create=(self), publickey-credentials-get=(self), camera=(), microphone=(), geolocation=()"
        ),
    ]

    static func secure(_ response: inout Response) {
        for (name, value) in headers {
            // Constants that are valid header names.
            response.headers[HTTPField.Name(name)!] = value
        }
        if response.headers[.cacheControl] == nil { response.headers[.cacheControl] = "no-store" }
    }

    /// A request that changes something comes from a page of ours: the browser says so, or names our origin.
    static func isOwn(_ request: Request, origin: String) -> Bool {
        // Constants that are valid header names.
        if let site = request.headers[HTTPField.Name("Sec-Fetch-Site")!] { return site == "same-origin" }
        return request.headers[.origin] == origin
    }
}
