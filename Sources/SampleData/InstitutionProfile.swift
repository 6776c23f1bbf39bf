import Credential

/// How one sample institution is, apart from what the seed decides.
///
/// Names and national codes are real colleges'; that they are the pilot's thirteen is not
/// established, and everything else about them here is invented.
struct InstitutionProfile: Sendable {
    let name: String
    let id: InstitutionID
    let fields: [FieldOfWork]
    /// Occupations filed at level 3, and how many of them at level 4 too.
    let seniorFilings: Int
    let intermediateFilings: Int
    let majors: Int
    /// Share of the region's candidates, in 15,000ths.
    let share: Int
    let encoding: SampleFile.Encoding
    let dateStyle: DateStyle
    let studentNumberPrefix: String

    init(
        _ name: String, _ code: String, _ fields: [FieldOfWork], senior: Int, intermediate: Int, majors: Int,
        share: Int,
        encoding: SampleFile.Encoding = .utf8WithBOM, dates: DateStyle = .iso8601, studentNumberPrefix: String = "2023"
    ) {
        self.name = name
        id = InstitutionID(code)
        self.fields = fields
        seniorFilings = senior
        intermediateFilings = intermediate
        self.majors = majors
        self.share = share
        self.encoding = encoding
        dateStyle = dates
        self.studentNumberPrefix = studentNumberPrefix
    }

    /// In sum 149 + 10 filings, 236 majors, 15,000 candidates. The fourth is the college of the
    /// pilot's report: 2,326 candidates of 18 majors in 15 occupations.
    static let all: [InstitutionProfile] = [
        .init(
            "山东第二医科大学", "4137010438", [.care, .laboratory],
            senior: 6, intermediate: 0, majors: 12, share: 500, studentNumberPrefix: "2022"),
        .init(
            "潍坊学院", "4137011067", [.computing, .electrical, .commerce],
            senior: 12, intermediate: 0, majors: 20, share: 1100, encoding: .utf8, studentNumberPrefix: "2022"),
        .init(
            "潍坊科技学院", "4137012843", [.farming, .machinery, .computing, .care],
            senior: 14, intermediate: 1, majors: 22, share: 1400, dates: .slashes),
        .init(
            "潍坊职业学院", "4137012391", [.electrical, .machinery, .computing, .commerce],
            senior: 15, intermediate: 1, majors: 18, share: 2326),
        .init(
            "山东科技职业学院", "4137012819", [.machinery, .electrical, .computing, .commerce],
            senior: 14, intermediate: 1, majors: 24, share: 1700, studentNumberPrefix: "0023"),
        .init(
            "山东畜牧兽医职业学院", "4137012947", [.farming, .laboratory, .catering],
            senior: 11, intermediate: 1, majors: 17, share: 1100, encoding: .gb18030, dates: .chinese),
        .init(
            "山东交通职业学院", "4137013008", [.transport, .machinery, .electrical],
            senior: 13, intermediate: 1, majors: 22, share: 1500),
        .init(
            "山东信息职业技术学院", "4137013012", [.computing, .electrical, .commerce],
            senior: 12, intermediate: 1, majors: 20, share: 1400, encoding: .utf8),
        .init(
            "山东经贸职业学院", "4137013317", [.commerce, .catering, .transport],
            senior: 12, intermediate: 1, majors: 20, share: 1200, dates: .slashes, studentNumberPrefix: "0023"),
        .init(
            "潍坊工商职业学院", "4137013388", [.commerce, .catering, .machinery, .care],
            senior: 11, intermediate: 1, majors: 17, share: 700, dates: .chinese),
        .init(
            "山东海事职业学院", "4137014346", [.transport, .machinery, .computing],
            senior: 10, intermediate: 1, majors: 15, share: 600, studentNumberPrefix: "0023"),
        .init(
            "潍坊护理职业学院", "4137014347", [.care, .catering, .laboratory],
            senior: 9, intermediate: 1, majors: 14, share: 650, encoding: .gb18030, dates: .slashes),
        .init(
            "潍坊工程职业学院", "4137014379", [.machinery, .electrical, .farming, .commerce],
            senior: 10, intermediate: 0, majors: 15, share: 824),
    ]
}
