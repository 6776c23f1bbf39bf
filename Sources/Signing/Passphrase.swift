import COpenSSL

/// A secret text that opens keys. Its only copy is in memory of its own, which is wiped when nobody needs it any more.
// @unchecked Sendable: the memory is written before anyone else has it, and only read from then on.
package final class Passphrase: @unchecked Sendable {
    private let memory: UnsafeMutableRawBufferPointer

    package init(_ text: some Collection<UInt8>) {
        // A byte more, as some of OpenSSL's functions want it to end in a zero.
        memory = .allocate(byteCount: text.count + 1, alignment: 1)
        memory.copyBytes(from: text)
        memory[text.count] = 0
    }

    /// Takes what an array holds, and wipes the array.
    package convenience init(wiping bytes: inout [UInt8]) {
        self.init(bytes)
        OPENSSL_cleanse(&bytes, bytes.count)
    }

    deinit {
        OPENSSL_cleanse(memory.baseAddress, memory.count)
        memory.deallocate()
    }

    package var isEmpty: Bool { memory.count == 1 }

    package static func == (a: Passphrase, b: Passphrase) -> Bool { a.memory.elementsEqual(b.memory) }

    /// - Parameter body: is given the text without the zero behind it.
    package func withBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
        defer { withExtendedLifetime(self) {} }
        return try body(UnsafeRawBufferPointer(rebasing: memory.dropLast()))
    }
}
