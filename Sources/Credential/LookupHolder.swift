/// What only those know who know the holder: asked for beside a certificate's number.
package enum LookupHolder: Sendable {
    /// The holder's full name.
    case name(String)
    /// Last six characters of the identity document's number.
    case idLastSix(String)

    /// Whether what is kept of the identity document is needed to compare.
    package var isKnownByDocument: Bool {
        if case .idLastSix = self { true } else { false }
    }
}
