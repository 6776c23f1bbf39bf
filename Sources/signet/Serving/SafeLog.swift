import Encodings
import Logging

/// Writes each message on one line of standard error, whatever texts of strangers are in it.
struct SafeLog: LogHandler {
    private var handler: StreamLogHandler

    init(label: String) { handler = StreamLogHandler.standardError(label: label) }

    var logLevel: Logger.Level {
        get { handler.logLevel }
        set { handler.logLevel = newValue }
    }

    var metadata: Logger.Metadata {
        get { handler.metadata }
        set { handler.metadata = newValue }
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { handler[metadataKey: key] }
        set { handler[metadataKey: key] = newValue }
    }

    func log(event: LogEvent) {
        var event = event
        event.message = "\(SafeText.shown(event.message.description))"
        event.metadata = event.metadata?.mapValues { "\(SafeText.shown($0.description))" }
        handler.log(event: event)
    }
}
