import Credential
import Seal
import Verification

/// Finds a certificate by its number for whoever already knows whose it is. Put together where the store
/// is; a server without one has none.
package protocol CertificateLookup: Sendable {
    /// Signatures already found right, whoever found them so.
    var checked: CheckedSignatures { get }

    /// The newest sealed version under a number.
    ///
    /// Does the same work whether there is one or not, so that the time tells nothing.
    nonisolated(nonsending) func certificate(
        numbered number: CertificateNumber, isOf holder: LookupHolder
    ) async throws -> LookupMatch?
}

/// Given only when both things fit.
package struct LookupMatch: Sendable {
    package let seal: UnverifiedSeal

    package init(seal: UnverifiedSeal) { self.seal = seal }
}
