import Credential

extension SampleRegion {
    var institutionTable: [String] {
        ["机构代码,机构名称,编号前缀,电话,网址"]
            + institutions.map { "\($0.id),\($0.name),\($0.numberPrefix),\($0.phone),\($0.website)" }
    }

    var filingTable: [String] {
        ["机构代码,职业编码,职业名称,级别,备案起始,备案截止"]
            + filings.map { filing in
                let end = filing.to?.description ?? ""
                return "\(filing.institution),\(filing.occupation.code),\(filing.occupation.name),"
                    + "\(filing.level.printedName),\(filing.from),\(end)"
            }
    }

    /// Every occupation of the catalogue, and two names that are history.
    var occupationTable: [String] {
        let former = [
            "4-02-06-03,物流师,,2015-07-29,2022-09-30,4-02-06-03", "6-08-03-01,仪器仪表装配工,,2015-07-29,2022-09-30,6-26-01-01",
        ]
        return ["职业编码,职业名称,工种/职业方向,启用日期,停用日期,现行编码"]
            + OccupationCatalogue.all.map { entry in
                let names = entry.specialisations.joined(separator: "、")
                return "\(entry.occupation.code),\(entry.occupation.name),\(names),2022-10-01,,"
            } + former
    }

    /// With the graduates of the year, of whom not all apply.
    func majorTable(candidates: [[Int]]) -> [String] {
        ["机构代码,专业代码,专业名称,毕业年份,毕业生人数"]
            + zip(plans, candidates).flatMap { plan, counts in
                zip(plan.majors, counts).map { major, count in
                    "\(major.institution),\(major.code),\(major.name),2026,\(count + count / 7 + 2)"
                }
            }
    }

    /// One row for each occupation of a major.
    var eligibilityTable: [String] {
        ["机构代码,专业代码,专业名称,职业编码,结论,日期,依据"]
            + majors.flatMap { major in
                major.occupations.map { occupation in
                    "\(major.institution),\(major.code),\(major.name),\(occupation.code),通过,\(major.decided),\(major.basis)"
                }
            }
    }
}
