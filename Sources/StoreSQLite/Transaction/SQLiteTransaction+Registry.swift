import Credential
import Errors
import GRDB
import Store

extension SQLiteTransaction {
    func institutions() throws -> [Institution] {
        let names = Dictionary(
            grouping: try Row.fetchAll(
                db, sql: "SELECT institution, name, from_day FROM institution_name ORDER BY institution, from_day"),
            by: { $0["institution"] as String })
        return try Row.fetchAll(db, sql: "SELECT * FROM institution ORDER BY id").map {
            try Institution(row: $0, names: names[$0["id"]] ?? [])
        }
    }

    func institution(_ id: InstitutionID) throws -> Institution? {
        let row = try Row.fetchOne(
            db, sql: "SELECT * FROM institution WHERE id = ?", arguments: [id.text])
        guard let row else { return nil }
        let names = try Row.fetchAll(
            db, sql: "SELECT name, from_day FROM institution_name WHERE institution = ? ORDER BY from_day",
            arguments: [id.text])
        return try Institution(row: row, names: names)
    }

    func filings(of institution: InstitutionID) throws -> [Filing] {
        try Row.fetchAll(
            db, sql: "SELECT * FROM filing WHERE institution = ? ORDER BY occupation_code, level, from_day",
            arguments: [institution.text]
        ).map { row in
            guard let level = SkillLevel(rawValue: row["level"]) else {
                throw StoreError(
                    .damaged, zh: "机构 \(institution) 有一项备案的等级未知",
                    en: "a filing of institution \(institution) has an unknown level")
            }
            let lastDay: Int? = row["to_day"]
            return Filing(
                institution: institution,
                occupation: Occupation(code: row["occupation_code"], name: row["occupation_name"]), level: level,
                from: CalendarDate(daysSinceEpoch: row["from_day"]),
                to: lastDay.map(CalendarDate.init(daysSinceEpoch:)))
        }
    }

    func save(_ institution: Institution) throws {
        try db.execute(
            sql: """
                INSERT INTO institution (id, number_prefix, phone, website) VALUES (?, ?, ?, ?)
                ON CONFLICT (id) DO UPDATE SET
                    number_prefix = excluded.number_prefix, phone = excluded.phone, website = excluded.website
                """,
            arguments: [
                institution.id.text, institution.numberScheme.institutionPrefix, institution.phone,
                institution.website,
            ])
        try db.execute(sql: "DELETE FROM institution_name WHERE institution = ?", arguments: [institution.id.text])
        for name in institution.names {
            try db.execute(
                sql: """
                    INSERT INTO institution_name (institution, from_day, name) VALUES (?, ?, ?)
                    ON CONFLICT (institution, from_day) DO UPDATE SET name = excluded.name
                    """,
                arguments: [institution.id.text, name.from.daysSinceEpoch, name.name])
        }
    }

    func save(_ filing: Filing) throws {
        try db.execute(
            sql: """
                INSERT INTO filing (institution, occupation_code, level, from_day, to_day, occupation_name)
                VALUES (?, ?, ?, ?, ?, ?)
                ON CONFLICT (institution, occupation_code, level, from_day) DO UPDATE SET
                    to_day = excluded.to_day, occupation_name = excluded.occupation_name
                """,
            arguments: [
                filing.institution.text, filing.occupation.code, filing.level.rawValue,
                filing.from.daysSinceEpoch, filing.to?.daysSinceEpoch, filing.occupation.name,
            ])
    }
}

extension Institution {
    fileprivate init(row: Row, names: [Row]) throws {
        let prefix: String = row["number_prefix"]
        self.init(
            id: InstitutionID(row["id"]),
            names: names.map { DatedName(name: $0["name"], from: CalendarDate(daysSinceEpoch: $0["from_day"])) },
            // What was stored had been checked, whichever letters were configured then.
            numberScheme: try NumberScheme(institutionPrefix: prefix, letters: Set(prefix.prefix(1))),
            phone: row["phone"], website: row["website"])
    }
}
