import Photos

extension WireWriter {
    mutating func append(_ picture: DecodedPicture) {
        for number in [picture.width, picture.height, picture.channels] { append(number) }
        append(picture.bytes)
    }
}

extension DecodedPicture {
    init(_ bytes: [UInt8], whole _: Void) throws(ParsingFailure) {
        var reader = WireReader(bytes)
        let (width, height, channels) = (try reader.integer(), try reader.integer(), try reader.integer())
        let content = try reader.content()
        try reader.end()
        guard let picture = DecodedPicture(width: width, height: height, channels: channels, bytes: content) else {
            throw .brokenAnswer
        }
        self = picture
    }
}

extension PictureUse {
    /// As a request has it.
    init(_ width: Int, _ height: Int) {
        self = width <= 0 ? .whole : height <= 0 ? .screen(width: width) : .portrait(width: width, height: height)
    }

    var numbers: (width: Int, height: Int) {
        switch self {
        case .portrait(let width, let height): (width, height)
        case .screen(let width): (width, 0)
        case .whole: (0, 0)
        }
    }
}
