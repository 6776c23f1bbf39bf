import CPhotoReader

/// Decodes pictures for pages and screens: JPEG and PNG files, upright, of bounded size.
package enum PictureDecoder {
    /// Largest file in bytes.
    package static let maximumByteCount = 20 << 20
    /// Most pixels of a picture that cannot be reduced while it is read.
    private static let maximumUnreducedPixelCount = 26_000_000

    package static func decode(_ file: [UInt8], for use: PictureUse) throws(PhotoReader.Problem) -> DecodedPicture {
        guard file.count <= maximumByteCount else { throw PhotoReader.Problem(.tooLarge) }
        var picture = try pixels(of: file, for: use)
        defer { photo_free(&picture) }
        let (width, height) = (Int(clamping: picture.width), Int(clamping: picture.height))
        let channels = Int(clamping: picture.channels)
        // As many as the decoder has made.
        let bytes = Array(UnsafeBufferPointer(start: picture.pixels, count: width * height * channels))
        guard let decoded = DecodedPicture(width: width, height: height, channels: channels, bytes: bytes) else {
            throw PhotoReader.Problem(.tooLarge)
        }
        return decoded
    }

    private static func pixels(of file: [UInt8], for use: PictureUse) throws(PhotoReader.Problem) -> photo {
        switch PhotoFormat(file) {
        case .jpeg: return try jpeg(file, for: use)
        case .png:
            return try shaped(
                made {
                    photo_colours_from_png(file, file.count, maximumUnreducedPixelCount, use == .whole ? 1 : 0, &$0)
                }, for: use)
        case .heif: throw PhotoReader.Problem(.heif)
        case .pdf: throw PhotoReader.Problem(.pdf)
        case .webp, nil: throw PhotoReader.Problem(.unknownFormat)
        }
    }

    private static func jpeg(_ file: [UInt8], for use: PictureUse) throws(PhotoReader.Problem) -> photo {
        let orientation = CameraOrientation.mark(in: file)
        var least = photo_size()
        switch use {
        case .portrait(let width, let height):
            least = photo_size(width: Int32(clamping: width), height: Int32(clamping: height))
        case .screen(let width): least = photo_size(width: Int32(clamping: width), height: 1)
        case .whole: least = photo_size(width: .max, height: .max)
        }
        if orientation >= 5 { swap(&least.width, &least.height) }
        var stored = try made { photo_colours_from_jpeg(file, file.count, PhotoReader.maximumPixelCount, least, &$0) }
        guard orientation > 1 else { return try shaped(stored, for: use) }
        defer { photo_free(&stored) }
        return try shaped(made { photo_turn(&stored, orientation, &$0) }, for: use)
    }

    /// Cut and reduced; takes the picture over.
    private static func shaped(_ whole: photo, for use: PictureUse) throws(PhotoReader.Problem) -> photo {
        var whole = whole
        var (part, size) = (photo_size(width: whole.width, height: whole.height), photo_size())
        switch use {
        case .whole: return whole
        case .screen(let width):
            size.width = min(whole.width, Int32(clamping: width))
            size.height = scaled(whole.height, by: size.width, over: whole.width)
        case .portrait(let width, let height):
            let (width, height) = (Int32(clamping: width), Int32(clamping: height))
            part.width = cut(whole.width, to: scaled(whole.height, by: width, over: height))
            part.height = cut(whole.height, to: scaled(whole.width, by: height, over: width))
            size.width = min(part.width, width)
            size.height = min(height, scaled(part.height, by: size.width, over: part.width))
        }
        defer { photo_free(&whole) }
        // From the middle, and rather from the top, where faces are.
        let (left, top) = ((whole.width - part.width) / 2, (whole.height - part.height) / 3)
        return try made { photo_reduce(&whole, left, top, part, size, &$0) }
    }

    /// As proportions of whole pixels are never exact, a line or column less is no reason to cut.
    private static func cut(_ length: Int32, to wanted: Int32) -> Int32 {
        length - wanted <= max(1, length / 200) ? length : wanted
    }

    /// At least 1, rounded.
    private static func scaled(_ length: Int32, by factor: Int32, over divisor: Int32) -> Int32 {
        // bounded: wider than what it holds.
        max(1, Int32(clamping: (Int64(length) * Int64(factor) + Int64(divisor) / 2) / Int64(divisor)))
    }

    private static func made(_ make: (inout photo) -> photo_status) throws(PhotoReader.Problem) -> photo {
        var picture = photo()
        switch make(&picture) {
        case PHOTO_OK: return picture
        case PHOTO_TOO_LARGE: throw PhotoReader.Problem(.tooLarge)
        case PHOTO_NO_MEMORY: throw PhotoReader.Problem(.noMemory)
        default: throw PhotoReader.Problem(.damaged)
        }
    }
}
