/// The pages by their templates, all read at the start.
enum PortalPage: CaseIterable {
    case signIn, enrol, codes, home, account, accounts, person, link, problem
    case batches, batch, jobs, job, password
    case reviews, review, sample, approve
    case sheets, sheetNew, sheet, sheetFindings, sheetRow, sheetSubmit, sheetHistory

    fileprivate var template: [UInt8] {
        switch self {
        case .signIn: PackageResources.sign_in_mustache
        case .enrol: PackageResources.enrol_mustache
        case .codes: PackageResources.codes_mustache
        case .home: PackageResources.home_mustache
        case .account: PackageResources.account_mustache
        case .accounts: PackageResources.accounts_mustache
        case .person: PackageResources.person_mustache
        case .link: PackageResources.link_mustache
        case .problem: PackageResources.problem_mustache
        case .password: PackageResources.password_mustache
        case .sheets: PackageResources.sheets_mustache
        case .sheetNew: PackageResources.sheet_new_mustache
        case .sheet: PackageResources.sheet_mustache
        case .sheetFindings: PackageResources.sheet_findings_mustache
        case .sheetRow: PackageResources.sheet_row_mustache
        case .sheetSubmit: PackageResources.sheet_submit_mustache
        case .sheetHistory: PackageResources.sheet_history_mustache
        case .batches: PackageResources.batches_mustache
        case .batch: PackageResources.batch_mustache
        case .jobs: PackageResources.jobs_mustache
        case .job: PackageResources.job_mustache
        case .reviews: PackageResources.reviews_mustache
        case .review: PackageResources.review_mustache
        case .sample: PackageResources.sample_mustache
        case .approve: PackageResources.approve_mustache
        }
    }
}

struct PortalPages: Sendable {
    static let style = PackageResources.portal_css
    static let script = PackageResources.passkey_js
    static let idleScript = PackageResources.idle_js
    static let progressScript = PackageResources.progress_js

    private let templates: [PortalPage: PageTemplate]

    init() throws {
        templates = try Dictionary(
            uniqueKeysWithValues: PortalPage.allCases.map {
                ($0, try PageTemplate($0.template, in: PackageResources.layout_mustache))
            })
    }

    func render(_ page: PortalPage, _ values: [String: Any]) throws -> String {
        // Every page has its template from init.
        try templates[page]!.render(values)
    }
}
