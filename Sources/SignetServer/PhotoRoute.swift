import FoundationEssentials
import HTTPTypes
import Hummingbird
import Photos
import Seal

/// `POST /v1/decode`: the QR text in a photo. The photo is held in memory while it is read, and nowhere else.
struct PhotoRoute: Sendable {
    private let desk: UploadDesk

    init(clients: ClientAddress, bodies: BodyReader) {
        desk = UploadDesk("photos", clients: clients, bodies: bodies, maximumByteCount: PhotoReader.maximumByteCount)
    }

    func handle(_ request: Request, _ context: ServerContext) async throws -> Response {
        let text = try await desk.take(request, context) { try Self.text(in: $0) }
        // A seal's text is an address and digits, but its address is whatever the code says.
        let json = try JSONEncoder().encode(["text": text])
        return Response(
            status: .ok, headers: [.contentType: "application/json", .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: json)))
    }

    private static func text(in photo: [UInt8]) throws -> String {
        let texts: [String]
        do {
            texts = try PhotoReader.texts(in: photo, until: UnverifiedSeal.isDecodable)
        } catch {
            throw Problem.photo(error)
        }
        // A page may also carry the school's own code.
        guard let text = texts.first(where: UnverifiedSeal.isDecodable) else {
            throw texts.isEmpty ? Problem.noCode : Problem.otherCode
        }
        return text
    }
}
