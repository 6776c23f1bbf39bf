import Foundation
import FuzzTargets

// Built only when SIGNET_FUZZ is set; dev/fuzz runs it.

@_silgen_name("LLVMFuzzerRunDriver")
func runFuzzer(
    _ count: UnsafeMutablePointer<Int32>,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?>,
    _ body: @convention(c) (UnsafePointer<UInt8>?, Int) -> Int32
) -> Int32

/// The variable SIGNET_FUZZ_TARGET says which parser is fed.
private let target = ProcessInfo.processInfo.environment["SIGNET_FUZZ_TARGET"].flatMap(FuzzTarget.init)

/// libFuzzer calls this in place of main. `seeds FOLDER` writes the seeds of all targets.
@_cdecl("FuzzMain_main")
public func fuzz(_ count: Int32, _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> Int32 {
    if count == 3, let folder = arguments[2] { return writeSeeds(to: String(cString: folder)) }
    guard target != nil else { return 64 }
    var count = count
    var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = arguments
    return runFuzzer(&count, &arguments, fuzzOne)
}

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOne(_ bytes: UnsafePointer<UInt8>?, _ length: Int) -> Int32 {
    target?.run(Array(UnsafeBufferPointer(start: bytes, count: length)))
    return 0
}

private func writeSeeds(to folder: String) -> Int32 {
    for target in FuzzTarget.allCases {
        let own = "\(folder)/\(target.rawValue)"
        try? FileManager.default.createDirectory(atPath: own, withIntermediateDirectories: true)
        for (index, seed) in ((try? target.seeds()) ?? []).enumerated() {
            try? Data(seed).write(to: URL(filePath: "\(own)/seed-\(index)"))
        }
    }
    return 0
}
