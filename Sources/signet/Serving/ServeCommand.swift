import ArgumentParser
import Audit
import CSandbox
import Credential
import Documents
import Errors
import Files
import Glibc
import HTTPSupport
import HomeFolder
import Hummingbird
import Installation
import Keyring
import Logging
import Lookup
import Parsing
import Publishing
import ServiceLifecycle
import SignetServer
import Signing
import Store

struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Serve the verification page and API.",
        discussion: """
            GET / and /c            the page that a scanned code opens
            POST /v1/verify         {"seal": TEXT} or {"seals": [TEXT, …]}
            POST /v1/decode         a photo; answers with its QR text
            POST /v1/lookup         {"number": N, "name": …} or {"number": N, "idLastSix": …}
            POST /v1/verifications  a file of many (CSV, XLSX, ZIP, PDF, picture); /bulk is its page
            GET /h and /s           a holder's certificate, and what a share code shows (docs/holders.md)
            GET /v1/openapi.json    the API's description (docs/api.md)
            GET /trust/list         the published trust list
            GET /status/N           a status list (JWT; CWT by Accept); GET /status lists them all
            POST /v1/status-details {"id": HEX, "version": N}: why a certificate is not valid, and what followed it
            GET /v1/documents/NUMBER, /v1/batches/N/documents.zip   PDFs for an office, with --documents-token
            GET /healthz /readyz; GET /metrics on a listener of its own, with --metrics-port

            Examples:
              signet serve --port 8080
              signet serve --trust trust-list.jws --root root.pub.pem --address 0.0.0.0
            """)

    /// Files of strangers give way to those who ask for a verdict.
    private static let workersGiveWay = "10"

    @OptionGroup var home: HomeOptions
    @Option(help: "Address to listen on; keep to loopback unless a TLS proxy stands in front.")
    var address = "127.0.0.1"
    @Option(help: "Port to listen on; 0 lets the system choose.") var port = 8080
    @Option(help: ArgumentHelp("Trust list; by default the home's.", valueName: "file")) var trust: String?
    @Option(help: ArgumentHelp("Folder of status lists; by default the home's.", valueName: "folder"))
    var status: String?
    @Option(help: ArgumentHelp("Pinned root public key; by default the home's.", valueName: "file")) var root: String?
    @Option(help: "Address to listen on for /metrics; keep it where only the monitor reaches it.")
    var metricsAddress = "127.0.0.1"
    @Option(help: "Port to listen on for /metrics; without one there are none.") var metricsPort: Int?
    @Option(
        help: ArgumentHelp(
            "Where a server without a home remembers how new the lists are that it served; by default "
                + "$XDG_STATE_HOME/signet/served.json.", valueName: "file"))
    var seen: String?
    @Option(help: "Connections served at a time; more wait.") var maxConnections = 2000
    @Option(help: "Connections of one address; more are closed. Trusted proxies have no such limit.")
    var maxConnectionsPerAddress = 128
    @Option(help: "Seconds after which a silent connection is closed.") var idleTimeout = 20
    @Option(
        help: ArgumentHelp(
            "Proxy whose X-Forwarded-For names the client; may be given again for another.", valueName: "address"))
    var trustedProxy: [String] = []

    @Flag(help: "Let holders download their PDFs, as --documents-token does too. Asks for the keys' passphrase.")
    var documents = false
    @Option(
        help: ArgumentHelp(
            "Offer all documents to whoever sends this file's first line as a bearer token (mode 0600, 32 characters or "
                + "more). Asks for the keys' passphrase.", valueName: "file"))
    var documentsToken: String?
    @Option(
        help: ArgumentHelp(
            "Photos, as for documents make: for documents, for holders, and for whom they show theirs.",
            valueName: "folder"))
    var photos: String?
    @Flag(help: "Sign receipts of bulk verifications. Asks for the keys' passphrase.") var receipts = false
    @OptionGroup var look: LookOptions
    @OptionGroup var passphrase: PassphraseOptions

    func run() async throws {
        sandbox_share_heaps()
        LoggingSystem.bootstrap { SafeLog(label: $0) }
        var logger = Logger(label: "signet")
        logger.logLevel = .notice
        let workers = ParsingPool(arguments: ParsingPool.ownProgram + [Self.workersGiveWay]) { [logger] failure in
            logger.warning("a file was not read: \(failure)")
        }
        let settings = try ServerSettings(
            address: address, port: port,
            metrics: metricsPort.map { ListeningPlace(address: metricsAddress, port: $0) },
            trustListPath: trust ?? home.path + "/trust/trust-list.jws",
            statusFolder: status ?? (trust == nil ? home.path + "/status" : nil),
            root: PublicKey.load(root ?? home.path + "/keys/root.pub.pem"), maximumConnections: maxConnections,
            connectionsPerAddress: maxConnectionsPerAddress, idleTimeout: idleTimeout, trustedProxies: trustedProxy,
            workers: workers)
        let address = address
        // A server with only what is published has no store to ask.
        let office = try trust == nil && root == nil ? home.open() : nil
        let details = try office.map {
            try StoreStatusDetails($0.openStore().forLookups, keys: $0.publicKeys(), host: $0.config.host)
        }
        let lookup = try office.map {
            try NumberLookup($0.openStore().forLookups, keys: $0.publicKeys(), dataKeys: $0.dataKeys())
        }
        let photos = try office.flatMap { try photoDesk($0) }
        let record = try office.map { RecordHealth($0, try $0.openStore(), logger: logger) }
        let holders = try record.flatMap { record in
            try office.map { try holderDesk($0, photos, record, workers) }
        }
        let documents = try documentSource(photos, record, workers, logger)
        let bulk = BulkService(
            keys: try office.map { StoreAPIKeys(try $0.openStore().forLookups) }, receiptKey: try receiptKey(office),
            tool: ReceiptDesk.tool)
        var services: [any Service] = lookup.map { [CheckingAhead(lookup: $0, logger: logger)] } ?? []
        if let documents { services.append(documents.downloads) }
        let application = try SignetServer.application(
            settings, memory: try await memory(office, settings.root), documents: try documents.flatMap(downloads),
            details: details, lookup: lookup, bulk: bulk,
            holders: holders, holderDocuments: documents, record: record, services: services, logger: logger,
            now: Clock.now
        ) { [metricsAddress] port, metricsPort in
            Terminal.standardOutput.write("listening on http://\(address):\(port)\n")
            if let metricsPort {
                Terminal.standardOutput.write("metrics on http://\(metricsAddress):\(metricsPort)/metrics\n")
            }
        }
        try await ServiceRun.untilTold(application, on: address, port: port, logger: logger)
    }

    /// A store knows what it published; without one what was seen is kept in a file of the server's own.
    private func memory(_ office: Home?, _ root: PublicKey) async throws -> PublicationMemory {
        if let office {
            return PublicationMemory(known: try await office.openStore().publications(host: office.config.host))
        }
        guard let path = seen ?? SeenLists.folder.map({ $0 + "/served.json" }) else {
            throw Refusal(
                .configuration, zh: "没有地方记住提供过的列表有多新；请用 --seen FILE 指定",
                en: "there is no place to remember how new the lists are that were served; name one with --seen FILE")
        }
        let lists = SeenLists(root: root, path: path)
        return PublicationMemory(known: lists.publications) { lists.remember($0) }
    }

    private func holderDesk(
        _ office: Home, _ photos: PhotoDesk?, _ record: RecordHealth, _ workers: ParsingPool
    ) throws -> Holders {
        let store = try office.openStore()
        let authority = Authority(office.trail(of: store.forAudits)) { try await record.requireForAct() }
        return try Holders(
            store.forHolders, authority, keys: office.publicKeys(), host: office.config.host,
            dataKeys: office.dataKeys(),
            photo: photos.map { ScreenPhotos($0, store: store, workers: workers).photo })
    }

    private func receiptKey(_ office: Home?) throws -> PrivateKey? {
        guard receipts else { return nil }
        guard let office else {
            throw Refusal(
                .configuration, zh: "--receipts 需要存放回执密钥的目录；见 --home",
                en: "--receipts needs a home, where the receipt key is; see --home")
        }
        return try ServiceKey.receipt.load(
            office.keyring, trust: office.requiredTrustList(), passphrase: passphrase.passphrase())
    }

    /// Looked at here so that a wrong folder stops the start, and not a holder's question.
    private func photoDesk(_ office: Home) throws -> PhotoDesk? {
        guard let photos else { return nil }
        try PhotoDesk.check(photos)
        return PhotoDesk(photos, store: try office.openStore().forHolders, dataKeys: try office.dataKeys())
    }

    private func documentSource(
        _ photos: PhotoDesk?, _ record: RecordHealth?, _ workers: ParsingPool, _ logger: Logger
    ) throws -> HomeDocuments? {
        guard documents || documentsToken != nil else { return nil }
        let home = try home.open()
        let store = try home.openStore()
        return HomeDocuments(
            home: home, store: store, look: look.choice, passphrase: try passphrase.passphrase(), photos: photos,
            record: record ?? RecordHealth(home, store, logger: logger), workers: workers, logger: logger)
    }

    private func downloads(_ source: HomeDocuments) throws -> DocumentDownloads? {
        guard let documentsToken else { return nil }
        let line = String(decoding: try SecretFile.read(documentsToken), as: UTF8.self).prefix { !$0.isNewline }
        guard line.count >= DocumentDownloads.shortestToken else {
            throw Refusal(
                .configuration, zh: "\(documentsToken)：令牌过短；请生成一个：openssl rand -hex 32",
                en: "\(documentsToken): the token is too short; make one with: openssl rand -hex 32")
        }
        return try DocumentDownloads(source, token: String(line))
    }
}
