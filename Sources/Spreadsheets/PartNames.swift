import CZip
import Glibc

/// Where the parts of a package stand, by names that are compared without case (ISO/IEC 29500-2, 6.2.2.3). Some programs
/// write backslashes between folders.
struct PartNames {
    private var places: [String: zip_uint64_t] = [:]
    /// A name that more than one part has.
    private(set) var doubled: String?

    init(_ archive: OpaquePointer) {
        for index in 0..<zip_uint64_t(clamping: zip_get_num_entries(archive, 0)) {
            guard let name = zip_get_name(archive, index, zip_flags_t(ZIP_FL_ENC_RAW)) else { continue }
            let key = Self.key(
                String(decoding: UnsafeRawBufferPointer(start: name, count: strlen(name)), as: UTF8.self))
            if places.updateValue(index, forKey: key) != nil { doubled = doubled ?? key }
        }
    }

    subscript(name: String) -> zip_uint64_t? { places[Self.key(name)] }

    private static func key(_ name: String) -> String {
        String(
            decoding: name.lowercased().utf8.map { $0 == UInt8(ascii: "\\") ? UInt8(ascii: "/") : $0 }, as: UTF8.self)
    }
}
