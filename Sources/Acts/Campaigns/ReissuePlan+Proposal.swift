import Errors
import Issuance

extension ReissuePlan {
    package var proposal: Proposal {
        get throws {
            Proposal(
                .campaign, digest: try digest, count: versions.count,
                summary: [
                    BilingualText(
                        zh: "换发 \(institutions.count) 家机构的 \(versions.count) 份证书，其中 \(suspended) 份暂停中，保持暂停；"
                            + "\(refused.count) 份已撤销或已换发，不在其内",
                        en:
                            "reissue \(versions.count) certificates of \(institutions.count) institutions, \(suspended) of them "
                            + "suspended, which they stay; \(refused.count) revoked or superseded are left out")
                ])
        }
    }
}
