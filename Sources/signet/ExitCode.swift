import Errors

extension ErrorCategory {
    /// After sysexits(3) where it has a fitting code; docs/exit-codes.md lists them.
    var exitCode: Int32 {
        switch self {
        case .usage: 64
        case .refused: 65
        case .missing: 66
        case .unavailable: 69
        case .defect: 70
        case .library: 72
        case .conflict: 73
        case .disk: 74
        case .busy: 75
        case .damaged: 76
        case .denied: 77
        case .configuration: 78
        }
    }
}
