import Credential
import Encodings

/// How much of a certificate is told to somebody who did not bring it along.
package enum CertificateEcho: Sendable {
    /// Whoever has the seal has all of it.
    case all
    /// Without the random identity, which opens more.
    case name
    /// Also with the name masked.
    case maskedName
}

extension Verdict {
    /// Appends the verdict as one JSON object, without a line end. Written by hand because it stands
    /// next to every verification of a long list, where a general encoder would cost a fifth of it.
    ///
    /// - Parameters:
    ///   - outcome: another than of the seal alone, as when it stands beside another's name; with `reason`.
    package func appendJSON(
        to output: inout [UInt8], echo: CertificateEcho = .all, as outcome: Outcome, because reason: String?
    ) {
        var json = JSONAppender()
        // Swapped in and out, so that the growing buffer is never copied.
        swap(&json.bytes, &output)
        json.open("{")
        json.field("verdict", outcome.rawValue)
        if let reason { json.field("reason", reason) }
        if let validFrom { json.field("validFrom", validFrom.description) }
        json.key("checks")
        json.open("[")
        if checks == Self.passed {
            json.values(Self.passedJSON)
        } else {
            for check in checks { check.append(to: &json) }
        }
        json.close("]")
        if let statusBasis {
            json.key("statusList")
            json.open("{")
            json.field("issuedAt", statusBasis.issuedAt)
            json.field("age", statusBasis.age)
            json.close("}")
        }
        if let certificate {
            json.key("certificate")
            certificate.append(to: &json, echo: echo)
        }
        json.close("}")
        swap(&json.bytes, &output)
    }

    package func appendJSON(to output: inout [UInt8], echo: CertificateEcho = .all) {
        appendJSON(to: &output, echo: echo, as: outcome, because: reason?.rawValue)
    }

    /// What nearly every verdict begins with, written once.
    private static let passed = Check.Name.ofSeal.map { Check(name: $0, result: .pass) }
    private static let passedJSON = {
        var json = JSONAppender()
        for check in passed { check.append(to: &json) }
        return json.bytes
    }()

    package var json: String {
        var bytes: [UInt8] = []
        appendJSON(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension Check {
    fileprivate func append(to json: inout JSONAppender) {
        json.open("{")
        json.field("check", name.rawValue)
        switch result {
        case .pass: json.field("outcome", "pass")
        case .none: json.field("outcome", "none")
        case .fail(let reason):
            json.field("outcome", "fail")
            json.field("code", reason.rawValue)
        case .unknown(let reason):
            json.field("outcome", "unknown")
            json.field("code", reason.rawValue)
        }
        json.close("}")
    }
}

extension Certificate {
    fileprivate func append(to json: inout JSONAppender, echo: CertificateEcho) {
        json.open("{")
        if echo == .all { json.field("id", id.description) }
        json.field("number", number.text)
        json.field("version", version)
        json.field("institution", institution.text)
        json.field("institutionName", institutionName)
        json.field("holderName", echo == .maskedName ? maskedHolderName : holderName)
        json.field("occupationCode", occupation.code)
        json.field("occupation", occupation.name)
        if let specialisation { json.field("specialisation", specialisation) }
        json.field("level", level.rawValue)
        json.field("awardDate", awardDate.description)
        json.close("}")
    }
}
