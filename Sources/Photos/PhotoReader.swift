import CPhotoReader

/// Finds QR codes in a photo or screenshot, in memory alone.
package enum PhotoReader {
    /// Largest file in bytes.
    package static let maximumByteCount = 12 << 20
    /// Most pixels, by the file's header: what cameras of 50 megapixels make.
    static let maximumPixelCount = 52_000_000
    /// A JPEG is reduced to about this many while it is read: a code that fills a tenth of the page's
    /// width still has four pixels for each of its modules.
    static let wantedPixelCount = 8_000_000
    /// Formats that cannot be reduced while they are read take this many at most.
    static let maximumUnreducedPixelCount = 26_000_000

    /// Why a photo cannot be read. Equal by code.
    package struct Problem: Error, Equatable, CustomStringConvertible {
        package enum Code: String, Sendable { case unknownFormat, heif, pdf, damaged, tooLarge, noMemory }

        package let code: Code

        package init(_ code: Code) { self.code = code }

        package var description: String {
            switch code {
            case .unknownFormat: "this is not a JPEG, PNG or WebP picture"
            case .heif: "HEIC and AVIF pictures cannot be read here; take a screenshot of it, or save it as JPEG"
            case .pdf: "this is a PDF, not a picture"
            case .damaged: "the picture is damaged or cut short; send it again"
            case .tooLarge:
                "the picture is too large; send one of at most 12 MiB, 50 megapixels as JPEG or 25 otherwise"
            case .noMemory: "there is not enough memory to read the picture now; try again"
            }
        }
    }

    /// The texts of the QR codes found, each once, in no order; empty when there is none. Looks harder, up to six
    /// ways, until one of them `isWanted`: a page's other code is often the easier one.
    package static func texts(in file: [UInt8], until isWanted: (String) -> Bool) throws(Problem) -> [String] {
        guard file.count <= maximumByteCount else { throw Problem(.tooLarge) }
        var picture = try pixels(of: file)
        defer { photo_free(&picture) }
        return try texts(in: &picture, until: isWanted)
    }

    /// - Parameter pixels: in 32 bits each, red, green and blue in the lower 24; lines are `stride` bytes apart.
    package static func texts(
        inRGB24 pixels: UnsafePointer<UInt8>, width: Int32, height: Int32, stride: Int32,
        until isWanted: (String) -> Bool
    ) throws(Problem) -> [String] {
        var picture = photo()
        guard photo_from_rgb24(pixels, width, height, stride, &picture) == PHOTO_OK else { throw Problem(.noMemory) }
        defer { photo_free(&picture) }
        return try texts(in: &picture, until: isWanted)
    }

    private static func texts(
        in picture: inout photo, until isWanted: (String) -> Bool
    ) throws(Problem) -> [String] {
        try withoutActuallyEscaping(isWanted) { isWanted throws(Problem) in
            let search = Search(isWanted)
            let context = Unmanaged.passUnretained(search).toOpaque()
            let status = photo_find_codes(&picture, context) { context, text, count in
                // The context is the object above, alive until this call returns; a text of none has no address.
                guard let context, let text else { return 0 }
                let bytes = UnsafeRawBufferPointer(start: text, count: count)
                let search = Unmanaged<Search>.fromOpaque(context).takeUnretainedValue()
                return search.take(String(decoding: bytes, as: UTF8.self)) ? 1 : 0
            }
            guard status == 0 else { throw Problem(.noMemory) }
            return search.texts
        }
    }

    private final class Search {
        private let isWanted: (String) -> Bool
        private(set) var texts: [String] = []

        init(_ isWanted: @escaping (String) -> Bool) { self.isWanted = isWanted }

        func take(_ text: String) -> Bool {
            if !texts.contains(text) { texts.append(text) }
            return isWanted(text)
        }
    }

    private static func pixels(of file: [UInt8]) throws(Problem) -> photo {
        guard let format = PhotoFormat(file) else { throw Problem(.unknownFormat) }
        var picture = photo()
        let status =
            switch format {
            case .jpeg: photo_from_jpeg(file, file.count, maximumPixelCount, wantedPixelCount, &picture)
            case .png: photo_from_png(file, file.count, maximumUnreducedPixelCount, &picture)
            case .webp: photo_from_webp(file, file.count, maximumUnreducedPixelCount, &picture)
            case .heif: throw Problem(.heif)
            case .pdf: throw Problem(.pdf)
            }
        switch status {
        case PHOTO_OK: return picture
        case PHOTO_TOO_LARGE: throw Problem(.tooLarge)
        case PHOTO_NO_MEMORY: throw Problem(.noMemory)
        default: throw Problem(.damaged)
        }
    }
}
