import Errors
import HTTPSupport
import Parsing
import Signing

/// What a server needs to know, already checked: a wrong setting stops the start and names its key.
package struct ServerSettings: Sendable {
    /// Address to listen on. Keep it on loopback unless a TLS proxy stands in front.
    package let address: String
    /// Port to listen on; 0 lets the system choose one.
    package let port: Int
    /// Where `/metrics` is asked for, and nowhere else; nil for nowhere.
    package let metrics: ListeningPlace?
    /// File of the published trust list; read again whenever it changes.
    package let trustListPath: String
    /// Folder of the published status lists; nil when this server has none. Read again whenever they change.
    package let statusFolder: String?
    /// The pinned root key.
    package let root: PublicKey
    /// Connections beyond this wait in the system's queue until one closes.
    package let maximumConnections: Int
    /// Connections of one address (a /64 of IPv6) beyond this are closed; a trusted proxy has no such limit.
    package let connectionsPerAddress: Int
    /// Seconds after which a connection on which nothing moves is closed.
    package let idleTimeout: Int
    /// Seconds after which a request that is not whole yet ends its connection.
    package let requestTimeout: Int
    /// How slowly an answer may be taken.
    let answers: AnswerDeadline.Limits
    /// Largest request body in bytes.
    package let maximumBodyByteCount: Int
    /// Seconds in which the body of a request must have arrived.
    package let bodySeconds: Int
    /// Addresses of proxies whose `X-Forwarded-For` names the client; without one nobody's is believed.
    package let trustedProxies: Set<IPAddress>
    /// Reads what is sent: pictures, PDFs, archives and tables.
    package let workers: ParsingPool

    package struct Problem: Explained {
        package let words: BilingualText
        package var category: ErrorCategory { .usage }
        package var codeName: String { "server-settings" }
    }

    /// - Parameters:
    ///   - answerRate: least bytes a second at which an answer is taken, over `answerInterval` seconds.
    ///   - answerTimeout: seconds that a client may keep one answer waiting in all.
    package init(
        address: String, port: Int, metrics: ListeningPlace? = nil, trustListPath: String, statusFolder: String? = nil,
        root: PublicKey, maximumConnections: Int = 2000, connectionsPerAddress: Int = 128, idleTimeout: Int = 20,
        requestTimeout: Int = 75, answerRate: Int = 1024, answerInterval: Double = 20, answerTimeout: Double = 3600,
        maximumBodyByteCount: Int = 2 << 20, bodySeconds: Int = 30, trustedProxies: [String] = [],
        workers: ParsingPool
    ) throws(Problem) {
        try Self.require(port, in: 0...65535, "port")
        if let metrics { try Self.require(metrics.port, in: 0...65535, "metrics-port") }
        try Self.require(maximumConnections, in: 1...1_000_000, "max-connections")
        try Self.require(connectionsPerAddress, in: 1...1_000_000, "max-connections-per-address")
        try Self.require(idleTimeout, in: 1...3600, "idle-timeout")
        var proxies: Set<IPAddress> = []
        for text in trustedProxies {
            guard let proxy = IPAddress(text) else {
                throw Problem(
                    words: BilingualText(
                        zh: "trusted-proxy：\(text) 不是网络地址，应如 127.0.0.1 或 ::1",
                        en: "trusted-proxy: \(text) is not a network address such as 127.0.0.1 or ::1"))
            }
            proxies.insert(proxy)
        }
        self.address = address
        self.port = port
        self.metrics = metrics
        self.trustListPath = trustListPath
        self.statusFolder = statusFolder
        self.root = root
        self.maximumConnections = maximumConnections
        self.connectionsPerAddress = connectionsPerAddress
        self.idleTimeout = idleTimeout
        self.requestTimeout = requestTimeout
        answers = AnswerDeadline.Limits(leastRate: answerRate, interval: answerInterval, longest: answerTimeout)
        self.maximumBodyByteCount = maximumBodyByteCount
        self.bodySeconds = bodySeconds
        self.trustedProxies = proxies
        self.workers = workers
    }

    private static func require(_ value: Int, in range: ClosedRange<Int>, _ name: String) throws(Problem) {
        guard range.contains(value) else {
            throw Problem(
                words: BilingualText(
                    zh: "\(name)：\(value) 不在 \(range.lowerBound) 与 \(range.upperBound) 之间",
                    en: "\(name): \(value) is not between \(range.lowerBound) and \(range.upperBound)"))
        }
    }
}
