extension PageTemplate {
    /// The looks that need no file.
    package enum BuiltIn: String, CaseIterable, Sendable { case landscape, portrait }

    package init(_ builtIn: BuiltIn) throws(TemplateProblem) { try self.init(json: builtIn.json) }
}

extension PageTemplate.BuiltIn {
    /// The template file, to begin an own look with.
    package var json: [UInt8] {
        switch self {
        case .landscape: PackageResources.landscape_json
        case .portrait: PackageResources.portrait_json
        }
    }
}
