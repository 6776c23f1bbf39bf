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

    /// One row for each occupation of a major.
    var majorTable: [String] {
        ["机构代码,专业代码,专业名称,职业编码,结论,日期,依据"]
            + majors.flatMap { major in
                major.occupations.map { occupation in
                    "\(major.institution),\(major.code),\(major.name),\(occupation.code),通过,\(major.decided),\(major.basis)"
                }
            }
    }
}
