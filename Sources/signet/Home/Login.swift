import Audit
import Glibc

enum Login {
    static var name: String {
        guard let entry = getpwuid(getuid()) else { return "uid \(getuid())" }
        return String(cString: entry.pointee.pw_name)
    }

    /// Whoever may use the home's files may do everything.
    static func actor(_ name: String? = nil) -> Actor {
        Actor(name ?? Self.name, by: .commandLine, may: Set(Permission.allCases))
    }
}
