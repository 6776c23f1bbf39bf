import ArgumentParser
import Credential
import Errors
import Files
import Glibc
import HomeFolder
import Installation
import Keyring
import Lookup
import Rendering
import Seal
import Signing
import Store

struct QRCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "qr",
        abstract: "Draw the QR code of a certificate.",
        discussion: """
            SVG or PNG by the name of --out; without --out it is drawn on the terminal, ready to be scanned.

            Examples:
              signet qr Y000037001001263000001 --out certificate.svg
              signet qr 'https://verify.example.org/c#0123…' --out certificate.png --scale 10
            """)

    @OptionGroup var home: HomeOptions
    @Argument(help: "A certificate number, or a QR text.") var certificate: String
    @Option(help: ArgumentHelp("File to write, .svg or .png.", valueName: "file")) var out: String?
    @Option(help: "SVG: printed width in millimetres, quiet zone included; by default as small as scans well.")
    var width: Int?
    @Option(help: "PNG: pixels per module.") var scale = 8
    @Flag(help: "Print the QR text instead of drawing it.") var text = false

    func validate() throws {
        if let out, !out.hasSuffix(".svg"), !out.hasSuffix(".png") {
            throw ValidationError(zh: "--out 须以 .svg 或 .png 结尾", en: "--out must end in .svg or .png")
        }
        guard QRSymbol.scales.contains(scale) else {
            throw ValidationError(
                zh: "--scale 须在 \(QRSymbol.scales.lowerBound) 与 \(QRSymbol.scales.upperBound) 之间",
                en: "--scale must be between \(QRSymbol.scales.lowerBound) and \(QRSymbol.scales.upperBound)")
        }
    }

    func run() async throws {
        let qrText = certificate.contains("#") ? certificate : try await storedText()
        if text {
            print(qrText)
            return
        }
        let symbol: QRSymbol
        do {
            symbol = try QRSymbol(text: qrText)
        } catch { throw Refusal(.refused, error.words) }
        guard let out else {
            let output = Terminal.standardOutput
            output.draw(symbol.terminalText(colours: output.isTerminal ? .escapes : .lightOnDark))
            return
        }
        let bytes =
            out.hasSuffix(".svg") ? Array(symbol.svg(widthMillimetres: width).utf8) : try symbol.png(scale: scale)
        try DurableFile.replace(bytes, at: out)
        print("\(out): version \(symbol.version), \(symbol.side) modules a side")
    }

    private func storedText() async throws -> String {
        let home = try home.open()
        let number = try CertificateNumber(argument: certificate)
        let versions = try await home.openStore().read { try $0.sealedVersions(number: number) }
        guard let version = versions.first else {
            throw Refusal(
                .missing, zh: "没有编号为 \(number) 的证书；请核对，或给出二维码内容",
                en: "no certificate has the number \(number); check it, or give the QR text")
        }
        let key = try home.keyring.entries().first { $0.publicKey.kid.bytes == version.keyID }
        guard let key else {
            throw Refusal(
                .configuration, zh: "keys/ 中缺少证书 \(number) 的公钥；请放回",
                en: "the public key of certificate \(number) is missing from keys/; put it back")
        }
        return version.qrText(host: home.config.host, key: key.publicKey)
    }
}
