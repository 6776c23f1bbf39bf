import Parsing
import Signing

/// What a server needs to know, already checked: a wrong setting stops the start and names its key.
package struct ServerSettings: Sendable {
    /// Address to listen on. Keep it on loopback unless a TLS proxy stands in front.
    package let address: String
    /// Port to listen on; 0 lets the system choose one.
    package let port: Int
    /// File of the published trust list; read again whenever it changes.
    package let trustListPath: String
    /// Folder of the published status lists; nil when this server has none. Read again whenever they change.
    package let statusFolder: String?
    /// The pinned root key.
    package let root: PublicKey
    /// Connections beyond this wait in the system's queue until one closes.
    package let maximumConnections: Int
    /// Seconds after which a connection on which nothing moves is closed.
    package let idleTimeout: Int
    /// Seconds after which a request that is not whole yet ends its connection.
    package let requestTimeout: Int
    /// Largest request body in bytes.
    package let maximumBodyByteCount: Int
    /// Seconds in which the body of a request must have arrived.
    package let bodySeconds: Int
    /// Address of the proxy whose `X-Forwarded-For` names the client; without one nobody's is believed.
    package let trustedProxy: String?
    /// Reads what is sent: pictures, PDFs, archives and tables.
    package let workers: ParsingPool

    package struct Problem: Error, CustomStringConvertible {
        package let description: String
    }

    package init(
        address: String, port: Int, trustListPath: String, statusFolder: String? = nil, root: PublicKey,
        maximumConnections: Int = 2000, idleTimeout: Int = 20, requestTimeout: Int = 75,
        maximumBodyByteCount: Int = 2 << 20, bodySeconds: Int = 30, trustedProxy: String? = nil,
        workers: ParsingPool
    ) throws(Problem) {
        guard (0...65535).contains(port) else {
            throw Problem(description: "port: \(port) is not between 0 and 65535")
        }
        guard maximumConnections >= 1 else {
            throw Problem(description: "max-connections: \(maximumConnections) lets nobody in; give 1 or more")
        }
        guard (1...3600).contains(idleTimeout) else {
            throw Problem(description: "idle-timeout: \(idleTimeout) is not between 1 and 3600 seconds")
        }
        self.address = address
        self.port = port
        self.trustListPath = trustListPath
        self.statusFolder = statusFolder
        self.root = root
        self.maximumConnections = maximumConnections
        self.idleTimeout = idleTimeout
        self.requestTimeout = requestTimeout
        self.maximumBodyByteCount = maximumBodyByteCount
        self.bodySeconds = bodySeconds
        self.trustedProxy = trustedProxy
        self.workers = workers
    }
}
