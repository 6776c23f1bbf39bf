import Encodings
import FoundationEssentials
import HTTPSupport
import HTTPTypes
import Hummingbird
import Signing

/// The verification page and its assets, held in memory from the start.
struct Pages: Sendable {
    /// Nothing but our own files is ever loaded, run or sent to.
    ///
    /// - Parameters: what the page has of its own. A browser asks for six things at once, so that each less saves a
    ///   way there and back on a slow network.
    private static func contentSecurityPolicy(style: [UInt8], scripts: [UInt8]...) throws -> String {
        let (style, script) = try (source(style), scripts.map(source).joined(separator: " "))
        return """
            default-src 'none'; script-src 'self' \(script); style-src 'self' \(style); img-src 'self' data:; \
            connect-src 'self'; \
            base-uri 'none'; form-action 'none'; frame-ancestors 'none'
            """
    }

    private static func source(_ bytes: [UInt8]) throws -> String {
        "'sha256-\(try Data(SHA256.digest(bytes)).base64EncodedString())'"
    }

    private struct Asset: Sendable {
        let body: ByteBuffer
        let compressed: ByteBuffer?
        let type: String
        let tag: String
    }

    /// What the page has to be told; the token `{{config}}` in it becomes this.
    private struct PageConfig: Encodable {
        var authority: String
        /// Whether the server can look certificates up by number.
        var lookup: Bool
        /// Whether it takes files of many.
        var bulk: Bool
        var root: JWK
        var rootAlg: String
        var rootKid: String
    }

    private let contentSecurityPolicy: String
    private let page: Asset
    private let bulk: Asset
    private let holder: Asset
    private let api: Asset
    private let worker: Asset
    private let assets: [String: Asset]

    init(authority: String, root: PublicKey, hasLookup: Bool, hasBulk: Bool) throws {
        let config = try StableJSON.encode(
            PageConfig(
                authority: authority, lookup: hasLookup, bulk: hasBulk, root: root.jwk, rootAlg: root.algorithm.name,
                rootKid: root.kid.description))
        let json = String(decoding: config, as: UTF8.self).replacing("<", with: "\\u003c")
        let joined = Self.joined([
            PackageResources.seal_js, PackageResources.trust_js, PackageResources.status_js,
            PackageResources.verify_js, PackageResources.texts_js, PackageResources.page_js,
        ])
        let loader = String(decoding: PackageResources.old_loader_js, as: UTF8.self)
        // What the authority is called comes last, so that nothing in it gives way.
        let parts: KeyValuePairs = [
            "style": String(decoding: PackageResources.page_css, as: UTF8.self),
            "old": loader, "script": joined,
            "symbols": String(decoding: PackageResources.symbols_svg, as: UTF8.self), "config": json,
        ]
        contentSecurityPolicy = try Self.contentSecurityPolicy(
            style: PackageResources.page_css, scripts: Array(loader.utf8), Array(joined.utf8))
        page = try Self.html(PackageResources.page_html, with: parts)
        bulk = try Self.html(PackageResources.bulk_html, with: parts)
        holder = try Self.html(PackageResources.holder_html, with: parts)
        api = try Self.asset(PackageResources.openapi_json, "application/json")
        let script = "text/javascript; charset=utf-8"
        worker = try Self.asset(PackageResources.sw_js, script)
        assets = try [
            "page.css": Self.asset(PackageResources.page_css, "text/css; charset=utf-8"),
            "bulk.css": Self.asset(PackageResources.bulk_css, "text/css; charset=utf-8"),
            "bulk.js": Self.asset(PackageResources.bulk_js, script),
            "bulk-texts.js": Self.asset(PackageResources.bulk_texts_js, script),
            "exceptions.js": Self.asset(PackageResources.exceptions_js, script),
            "holder.css": Self.asset(PackageResources.holder_css, "text/css; charset=utf-8"),
            "holder.js": Self.asset(PackageResources.holder_js, script),
            "holder-texts.js": Self.asset(PackageResources.holder_texts_js, script),
            "inputs.js": Self.asset(PackageResources.inputs_js, script),
            "inputs-texts.js": Self.asset(PackageResources.inputs_texts_js, script),
            "old.js": Self.asset(PackageResources.old_js, script),
            "language.js": Self.asset(PackageResources.language_js, script),
            "seal.js": Self.asset(PackageResources.seal_js, script),
            "status.js": Self.asset(PackageResources.status_js, script),
            "texts.js": Self.asset(PackageResources.texts_js, script),
            "trust.js": Self.asset(PackageResources.trust_js, script),
            "verify.js": Self.asset(PackageResources.verify_js, script),
        ]
    }

    func pageResponse(_ request: Request) -> Response { response(page, request) }

    func bulkResponse(_ request: Request) -> Response { response(bulk, request) }

    /// A holder's certificate, or what a share code shows.
    func holderResponse(_ request: Request) -> Response { response(holder, request) }

    /// The API's description (OpenAPI 3.1).
    func apiResponse(_ request: Request) -> Response { response(api, request) }

    /// At the root, as a service worker answers only for what is below it.
    func workerResponse(_ request: Request) -> Response { response(worker, request) }

    func assetResponse(_ name: String, _ request: Request) throws -> Response {
        guard let asset = assets[name] else { throw Problem.notFound(name) }
        return response(asset, request)
    }

    /// One script of several modules, each after those that it imports: a phone asks for the first page and has them all.
    /// A name that two of them declare at their top stops the browser, and with it every test of the page.
    private static func joined(_ modules: [[UInt8]]) -> String {
        modules.map { module in
            String(decoding: module, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
                .filter { !$0.hasPrefix("import ") }
                .map { $0.hasPrefix("export ") ? $0.dropFirst("export ".count) : $0 }
                .joined(separator: "\n")
        }.joined()
    }

    /// A page in which each `{{name}}` has given way to the part of that name.
    private static func html(_ bytes: [UInt8], with parts: KeyValuePairs<String, String>) throws -> Asset {
        let page = parts.reduce(String(decoding: bytes, as: UTF8.self)) {
            $0.replacing("{{\($1.key)}}", with: $1.value)
        }
        return try asset(Array(page.utf8), "text/html; charset=utf-8")
    }

    private static func asset(_ bytes: [UInt8], _ type: String) throws -> Asset {
        // Weak, as the bytes differ by their encoding.
        let tag = try "W/\"" + Base64URL.encode(SHA256.digest(bytes).prefix(12)) + "\""
        let compressed = (try? Zlib.deflated(bytes, framing: .gzip)).map { ByteBuffer(bytes: $0) }
        return Asset(body: ByteBuffer(bytes: bytes), compressed: compressed, type: type, tag: tag)
    }

    private func response(_ asset: Asset, _ request: Request) -> Response {
        var headers: HTTPFields = [
            .contentType: asset.type, .eTag: asset.tag, .cacheControl: "no-cache",
            .contentSecurityPolicy: contentSecurityPolicy, .vary: "Accept-Encoding",
        ]
        if request.holds(asset.tag) { return Response(status: .notModified, headers: headers) }
        if let compressed = asset.compressed, request.acceptsGzip {
            headers[.contentEncoding] = "gzip"
            return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: compressed))
        }
        return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: asset.body))
    }
}
