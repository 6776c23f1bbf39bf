/// Something to be told outside the portal, by one channel. Has no personal data.
package struct Notice: Hashable, Sendable {
    package enum State: String, Sendable {
        case waiting, sent
        /// Nobody took it for a day.
        case givenUp = "given-up"
    }

    /// Of what is told; with the channel it is sent once.
    package let key: String
    /// As the configuration calls it.
    package let channel: String
    /// What people read: one line in Chinese, one in English.
    package let text: String
    /// Seconds since 1970, as all instants here.
    package let madeAt: Int
    package let state: State
    package let tries: Int
    /// Not before this.
    package let nextAt: Int
    /// Why the last try failed.
    package let problem: String

    package init(
        key: String, channel: String, text: String, madeAt: Int, state: State = .waiting, tries: Int = 0,
        nextAt: Int? = nil, problem: String = ""
    ) {
        (self.key, self.channel, self.text, self.madeAt) = (key, channel, text, madeAt)
        (self.state, self.tries, self.problem) = (state, tries, problem)
        self.nextAt = nextAt ?? madeAt
    }
}

/// Something about an account that those concerned see on their first page.
package struct AccountNews: Hashable, Sendable {
    package enum Kind: String, Sendable {
        case rolesChanged = "roles-changed"
        case recoveryCodeUsed = "recovery-code-used"
        case linkGiven = "link-given"
        case passwordAllowed = "password-allowed"
        case passwordEnded = "password-ended"
    }

    package let account: AccountID
    package let kind: Kind
    /// As the record of acts names them.
    package let by: String
    package let at: Int

    package init(_ kind: Kind, of account: AccountID, by: String, at: Int) {
        (self.kind, self.account, self.by, self.at) = (kind, account, by, at)
    }
}
