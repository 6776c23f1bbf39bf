import FoundationEssentials
import HTTPSupport
import HTTPTypes
import Hummingbird
import Parsing
import Photos
import Seal

/// `POST /v1/decode`: the QR text in a photo. The photo is held in memory while it is read, and nowhere else.
struct PhotoRoute: Sendable {
    private let desk: UploadDesk
    private let workers: ParsingPool

    init(clients: ClientAddress, bodies: BodyReader, workers: ParsingPool) {
        self.workers = workers
        desk = UploadDesk("photos", clients: clients, bodies: bodies, maximumByteCount: PhotoReader.maximumByteCount)
    }

    func handle(_ request: Request, _ context: ServerContext) async throws -> Response {
        let text = try await desk.take(request, context) { [workers] in try Self.text(in: $0, workers) }
        // A seal's text is an address and digits, but its address is whatever the code says.
        let json = try JSONEncoder().encode(["text": text])
        return Response(
            status: .ok, headers: [.contentType: "application/json", .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: json)))
    }

    private static func text(in photo: [UInt8], _ workers: ParsingPool) throws -> String {
        let texts: [String]
        do {
            texts = try workers.qrTexts(inPicture: photo)
        } catch let problem as PhotoReader.Problem {
            throw Problem.photo(problem)
        } catch let failure as ParsingFailure { throw Problem(failure) }
        // A page may also carry the school's own code.
        switch SealSearch.find(in: texts.joined(separator: "\n")) {
        case .seal:
            // A seal was found in one of them.
            return texts.first(where: UnverifiedSeal.isDecodable) ?? ""
        case .several: throw Problem.severalCodes
        case .malformed, .damaged, .nothing: throw texts.isEmpty ? Problem.noCode : Problem.otherCode
        }
    }
}
