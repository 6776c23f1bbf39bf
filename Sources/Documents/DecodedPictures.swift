import Errors
import Parsing
import Photos
import Rendering

/// Pictures that schools made are decoded by workers: the process that draws and signs gets pixels.
extension ParsingPool {
    /// - Parameter name: what the file is called, for what refuses it.
    /// - Throws: ``DocumentProblem`` for a picture that is of no use; ``PrintingError`` when no worker can be started.
    package func picture(_ file: [UInt8], named name: String, for use: PictureUse) throws -> Picture {
        do {
            let decoded = try decodedPicture(file, for: use)
            guard
                let picture = Picture(
                    width: decoded.width, height: decoded.height, channels: decoded.channels, bytes: decoded.bytes)
            else { throw PhotoReader.Problem(.tooLarge) }
            return picture
        } catch let problem as PhotoReader.Problem {
            throw DocumentProblem.unusablePicture(name, reason: Self.reason(problem.code))
        } catch ParsingFailure.unavailable {
            throw PrintingError(
                .library, zh: "无法启动读取图片的进程，请检查进程数和内存限制后重试",
                en:
                    "no process for reading pictures could be started; see limits on processes and memory, and run again"
            )
        } catch is ParsingFailure {
            throw DocumentProblem.unusablePicture(
                name,
                reason: BilingualText(
                    zh: "无法在限额内读取，请另存为较小的 JPEG",
                    en: "it cannot be read within the limits; save it again as a small JPEG"))
        }
    }

    /// Those that are printed as they are, by name.
    package func pictures(_ files: [String: [UInt8]]) throws -> [String: Picture] {
        try Dictionary(files.map { ($0, try picture($1, named: $0, for: .whole)) }) { first, _ in first }
    }

    private static func reason(_ code: PhotoReader.Problem.Code) -> BilingualText {
        switch code {
        case .unknownFormat, .heif, .pdf:
            BilingualText(zh: "不是 JPEG 或 PNG 文件，请另存", en: "it is not a JPEG or PNG file; save it again as one")
        case .damaged: BilingualText(zh: "文件已损坏或不完整，请重新获取", en: "it is damaged or cut short; get it again")
        case .tooLarge:
            BilingualText(
                zh: "文件过大，请缩小到 20 MiB、2500 万像素以内", en: "it is too large; make it 20 MiB and 25 megapixels at most")
        case .noMemory: BilingualText(zh: "内存不足，请重试", en: "there is not enough memory to read it now; run again")
        }
    }
}
