import CXML2
import Glibc

/// Receives a document piece by piece. What is lent is valid during the call only.
protocol XMLHandler: AnyObject {
    func start(_ name: XMLText, _ attributes: XMLAttributes)
    func end(_ name: XMLText)
    func text(_ bytes: UnsafeRawBufferPointer)
    /// Set to end reading early.
    var isDone: Bool { get }
}

/// A parser that is fed block by block. Document types and their entities are refused, nothing is ever
/// fetched, and depth and lengths have libxml2's limits (256 levels, 10 MB).
final class XMLStream {
    private let context: xmlParserCtxtPtr
    private let box: Box

    fileprivate final class Box {
        let handler: any XMLHandler
        var isRefused = false

        init(_ handler: any XMLHandler) { self.handler = handler }
    }

    init(_ handler: any XMLHandler) throws(WorkbookProblem) {
        let box = Box(handler)
        var callbacks = Self.callbacks()
        // The box outlives the context: both end with this object.
        let user = Unmanaged.passUnretained(box).toOpaque()
        guard let context = xmlCreatePushParserCtxt(&callbacks, user, nil, 0, nil) else {
            throw WorkbookProblem(.damaged)
        }
        xmlCtxtUseOptions(context, Int32(XML_PARSE_NONET.rawValue | XML_PARSE_COMPACT.rawValue))
        self.context = context
        self.box = box
    }

    deinit { xmlFreeParserCtxt(context) }

    /// - Returns: whether more is wanted.
    func feed(_ block: UnsafeRawBufferPointer) throws(WorkbookProblem) -> Bool {
        let bytes = block.bindMemory(to: CChar.self)
        // bounded: a block has 64 KiB.
        try check(xmlParseChunk(context, bytes.baseAddress, Int32(bytes.count), 0))
        return !box.handler.isDone
    }

    func finish() throws(WorkbookProblem) {
        if !box.handler.isDone { try check(xmlParseChunk(context, nil, 0, 1)) }
    }

    private func check(_ code: Int32) throws(WorkbookProblem) {
        guard !box.isRefused, code == 0 || box.handler.isDone else { throw WorkbookProblem(.damaged) }
    }

    private static func callbacks() -> xmlSAXHandler {
        var callbacks = xmlSAXHandler()
        callbacks.initialized = XML_SAX2_MAGIC
        callbacks.startElementNs = { user, name, _, _, _, _, count, _, values in
            guard let name else { return }
            XMLStream.box(user).handler.start(
                // bounded: of 32 bits.
                XMLText(name), XMLAttributes(values: values, count: Int(count)))
        }
        callbacks.endElementNs = { user, name, _, _ in
            guard let name else { return }
            XMLStream.box(user).handler.end(XMLText(name))
        }
        callbacks.characters = { user, bytes, count in XMLStream.pass(user, bytes, count) }
        callbacks.ignorableWhitespace = { user, bytes, count in XMLStream.pass(user, bytes, count) }
        callbacks.cdataBlock = { user, bytes, count in XMLStream.pass(user, bytes, count) }
        callbacks.internalSubset = { user, _, _, _ in XMLStream.box(user).isRefused = true }
        callbacks.reference = { user, _ in XMLStream.box(user).isRefused = true }
        // Errors are told by the result of feeding; nothing is printed.
        callbacks.serror = { _, _ in }
        return callbacks
    }

    private static func pass(_ user: UnsafeMutableRawPointer?, _ bytes: UnsafePointer<xmlChar>?, _ count: Int32) {
        // bounded: of 32 bits, and not below 0.
        box(user).handler.text(UnsafeRawBufferPointer(start: bytes, count: Int(count)))
    }

    private static func box(_ user: UnsafeMutableRawPointer?) -> Box {
        // What init gave.
        // bounded: libxml2 hands back what init gave.
        Unmanaged<Box>.fromOpaque(user!).takeUnretainedValue()
    }
}

/// A name without its prefix. Sheets of both editions of the standard differ in namespaces only.
struct XMLText {
    private let start: UnsafePointer<xmlChar>

    init(_ start: UnsafePointer<xmlChar>) { self.start = start }

    func `is`(_ name: StaticString) -> Bool {
        strcmp(
            UnsafeRawPointer(start).assumingMemoryBound(to: CChar.self),
            UnsafeRawPointer(name.utf8Start).assumingMemoryBound(to: CChar.self)) == 0
    }
}

/// The attributes of one element.
struct XMLAttributes {
    fileprivate let values: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?
    fileprivate let count: Int

    /// The attribute of this local name, whatever its namespace; nil when there is none.
    subscript(name: StaticString) -> UnsafeRawBufferPointer? {
        guard let values else { return nil }
        for i in 0..<count {
            // Five pointers each: name, prefix, namespace, begin and end of the value.
            guard let found = values[i * 5], let start = values[i * 5 + 3], let end = values[i * 5 + 4] else {
                continue
            }
            if XMLText(found).is(name) { return UnsafeRawBufferPointer(start: start, count: end - start) }
        }
        return nil
    }

    /// In values libxml2 hands over each ampersand as the reference to its code, and nothing else so.
    func string(_ name: StaticString) -> String? {
        self[name].map {
            String(decoding: $0, as: UTF8.self).split(separator: "&#38;", omittingEmptySubsequences: false)
        }
        .map { $0.joined(separator: "&") }
    }

    func int(_ name: StaticString) -> Int? { self[name].flatMap(Int.init(digits:)) }

    /// `1` or `true`.
    func isTrue(_ name: StaticString) -> Bool {
        guard let value = self[name] else { return false }
        return value.elementsEqual("1".utf8) || value.elementsEqual("true".utf8)
    }
}

extension Int {
    /// From ASCII digits, at most nine; nil for anything else.
    init?(digits: UnsafeRawBufferPointer) {
        guard !digits.isEmpty, digits.count <= 9 else { return nil }
        var value = 0
        for byte in digits {
            guard (0x30...0x39).contains(byte) else { return nil }
            value = value * 10 + Int(byte - 0x30)
        }
        self = value
    }
}
