import HTTPTypes
import Hummingbird
import NIOHTTP1

/// What every request must be and every answer says, whatever its route.
package struct HTTPManners<Context: RequestContext>: RouterMiddleware {
    package init() {}

    package func handle(
        _ request: Request, context: Context, next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        if request.headers.contains(where: { $0.name == .transferEncoding && $0.value.lowercased() != "chunked" }) {
            // Where such a body ends nobody can say: the server refuses it, and ends the connection (RFC 9112 §6.3).
            throw HTTPParserError.strictModeAssertion
        }
        var response: Response
        do {
            try Self.require(request)
            response = try await next(request, context)
        } catch let problem as Problem {
            response = problem.response(from: request, context: context)
        }
        Self.secure(&response)
        return response
    }

    private static func require(_ request: Request) throws(Problem) {
        guard HTTPRequest.Method.standard.contains(request.method) else { throw .unknownMethod }
        guard !hasNUL(request.uri.string) else { throw .nul }
        // A page elsewhere needs no preflight to have its visitors' browsers send files.
        if request.method == .post || request.method == .delete, request.headers[.secFetchSite] == "cross-site" {
            throw .crossSite
        }
    }

    private static func hasNUL(_ address: String) -> Bool {
        var rest = address.utf8[...]
        while let sign = rest.firstIndex(of: UInt8(ascii: "%")) {
            rest = rest[sign...].dropFirst()
            if rest.starts(with: "00".utf8) { return true }
        }
        return false
    }

    private static func secure(_ response: inout Response) {
        response.headers[.xContentTypeOptions] = "nosniff"
        response.headers[.referrerPolicy] = "no-referrer"
        let isForAll = response.headers[.accessControlAllowOrigin] == "*"
        response.headers[.crossOriginResourcePolicy] = isForAll ? "cross-origin" : "same-origin"
        guard response.headers[.contentType]?.hasPrefix("text/html") == true else { return }
        response.headers[.crossOriginOpenerPolicy] = "same-origin"
        // The page looks for codes with the camera, and with nothing else of a device.
        response.headers[.permissionsPolicy] = "camera=(self), microphone=(), geolocation=(), payment=(), usb=()"
    }
}

extension Router {
    /// Gives each address an answer to every method: 204 to `OPTIONS`, 405 to what it does not take (RFC 9110 §15.5.6).
    /// Called when all routes are there.
    ///
    /// - Parameter publicPaths: what pages of other sites may read.
    package func answerOtherMethods(publicPaths: Set<String>) {
        for (path, routes) in Dictionary(grouping: routes, by: { $0.path.description }) {
            guard let first = routes.first else { continue }
            var taken = Set(routes.map(\.method))
            if taken.contains(.get) { taken.insert(.head) }
            let allowed = (taken.map(\.rawValue) + ["OPTIONS"]).sorted().joined(separator: ", ")
            let isPublic = publicPaths.contains(path)
            for method in HTTPRequest.Method.standard where !taken.contains(method) {
                on(first.path, method: method) { _, _ -> Response in
                    guard method == .options else { throw Problem.methodNotAllowed(allowed) }
                    var headers: HTTPFields = [.allow: allowed]
                    if isPublic {
                        headers[.accessControlAllowOrigin] = "*"
                        headers[.accessControlAllowMethods] = "GET, HEAD"
                        headers[.accessControlMaxAge] = "86400"
                    }
                    return Response(status: .noContent, headers: headers)
                }
            }
        }
    }
}

extension HTTPRequest.Method {
    /// Those of RFC 9110, PATCH (RFC 5789) and QUERY; others are told apart as unknown.
    fileprivate static let standard: [HTTPRequest.Method] = [
        // A constant that is a valid token.
        .get, .head, .post, .put, .patch, .delete, .options, .trace, .connect, HTTPRequest.Method("QUERY")!,
    ]
}

extension HTTPField.Name {
    // Constants that are valid header names.
    package static let referrerPolicy = HTTPField.Name("Referrer-Policy")!
    fileprivate static let secFetchSite = HTTPField.Name("Sec-Fetch-Site")!
    fileprivate static let crossOriginResourcePolicy = HTTPField.Name("Cross-Origin-Resource-Policy")!
    fileprivate static let crossOriginOpenerPolicy = HTTPField.Name("Cross-Origin-Opener-Policy")!
    fileprivate static let permissionsPolicy = HTTPField.Name("Permissions-Policy")!
}
