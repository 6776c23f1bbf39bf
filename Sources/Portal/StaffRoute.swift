import Accounts
import HTTPTypes
import Hummingbird

/// An address of the portal, with what somebody must be allowed to do for it.
package struct StaffRoute: Sendable {
    package enum Access: Hashable, Sendable {
        /// Before anybody is signed in, and the files of pages.
        case anyone
        case act(StaffAct)
    }

    package let method: HTTPRequest.Method
    package let path: String
    package let access: Access
    /// Whether its form may bring a file.
    var takesFile = false
    let answer: @Sendable (Visit) async throws -> Response

    static func get(
        _ path: String, _ access: Access, _ answer: @escaping @Sendable (Visit) async throws -> Response
    ) -> StaffRoute { StaffRoute(method: .get, path: path, access: access, answer: answer) }

    static func upload(
        _ path: String, _ access: Access, _ answer: @escaping @Sendable (Visit) async throws -> Response
    ) -> StaffRoute { StaffRoute(method: .post, path: path, access: access, takesFile: true, answer: answer) }

    static func post(
        _ path: String, _ access: Access, _ answer: @escaping @Sendable (Visit) async throws -> Response
    ) -> StaffRoute { StaffRoute(method: .post, path: path, access: access, answer: answer) }
}
