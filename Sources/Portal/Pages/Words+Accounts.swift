extension Catalogue {
    static let account = Catalogue([
        "title": ("我的通行密钥", "My passkeys"), "heading": ("我的通行密钥", "My passkeys"),
        "passkeys": ("已登记", "Registered"), "remove": ("删除", "Remove"),
        "single": ("只有一把通行密钥。请在另一台设备上再登记一把。", "You have one passkey. Add another on a second device."),
        "add": ("再登记一把", "Add another"), "label": ("名称", "Name"),
        "labelHint": ("如“手机”“办公室电脑”。", "Such as \"phone\" or \"office computer\"."),
        "button": ("登记通行密钥", "Make a passkey"),
        "failed": (
            "没有登记：操作被取消或设备不支持。请再按一次按钮。",
            "No passkey was made: it was cancelled, or the device has none. Press the button again."
        ),
        "exists": ("这台设备已有本账号的通行密钥。", "This device has a passkey of this account already."),
        "added": ("登记于", "added"), "used": ("最近使用", "last used"), "never": ("还没有用过", "not used yet"),
        "fingerprint": ("密钥校验码", "Fingerprint:"), "synced": ("可在多台设备间同步", "may be on several devices"),
        "codesLeft": ("个恢复码可用。", "recovery codes are left."),
        "byPassword": ("密码和动态码", "Password and code"), "passwordSet": ("已设置。", "They are set."),
        "passwordNotSet": ("管理员允许您用密码和动态码登录，还没有设置。", "An administrator allows them; they are not set yet."),
        "setPassword": ("设置密码和动态码", "Set a password and code"),
        "unnamed": ("通行密钥", "Passkey"), "sessions": ("登录在哪里", "Where you are signed in"),
        "elsewhere": (
            "有不是您的，就退出它，并告诉管理员。", "If one is not yours, end it and tell an administrator."
        ), "here": ("就是这里", "here"), "endOne": ("退出", "End"), "unknownDevice": ("不认识的浏览器", "Unknown browser"),
        "passkey": ("通行密钥登录", "by passkey"), "password": ("密码登录", "by password"), "since": ("始于", "since"),
        "seen": ("最近使用", "last seen"),
        "endOthers": ("退出别处的全部登录", "End all others"),
    ])

    static let accounts = Catalogue([
        "title": ("账号", "Accounts"), "heading": ("账号", "Accounts"), "problem": ("没有建账号", "No account was made"),
        "errorPrefix": ("错误：", "Error: "),
        "single": (
            "只有一位系统管理员。请再请一位，以免没有人能发链接。",
            "There is one administrator. Invite another, so that somebody can always send links."
        ),
        "invite": ("邀请一位同事", "Invite a colleague"), "name": ("姓名", "Name"), "roles": ("角色", "Roles"),
        "institution": ("院校（考务员和校领导必选）", "Institution (registrars and school leaders need one)"),
        "all": ("所有院校", "All institutions"), "until": ("截止日（可不填）", "Last day (may stay empty)"),
        "create": ("建账号，得到链接", "Make the account and its link"),
        "again": ("要修改账号，请先再登录一次（五分钟内有效）。", "To change accounts, sign in again; that is good for five minutes."),
        "invited": ("已邀请", "invited"), "active": ("在用", "active"), "ended": ("已停用", "ended"),
        "noRoles": ("现在没有角色", "no role today"),
    ])

    static let person = Catalogue([
        "title": ("账号", "Account"), "state": ("状态", "State"), "roles": ("角色", "Roles"),
        "passkeys": ("通行密钥", "Passkeys"), "id": ("编号", "Id"), "change": ("改角色", "Change the roles"),
        "institution": ("院校（考务员和校领导必选）", "Institution (registrars and school leaders need one)"),
        "until": ("截止日（可不填）", "Last day (may stay empty)"), "saveRoles": ("提出更改", "Propose the change"),
        "proposed": ("等第二位系统管理员确认", "Waits for a second administrator"), "proposedBy": ("提出人", "Proposed by"),
        "proposedLink": ("为其发一个新的登记链接", "A new enrolment link"),
        "second": (
            "改角色、增加系统管理员、给系统管理员发链接，都要由另一位系统管理员确认，七天内有效；确认后才生效，本人和各位系统管理员都会知道。",
            "Other roles, a new administrator, and a link for an administrator need another administrator's word within seven days. Only then they take effect, and the person and all administrators are told."
        ),
        "alone": (
            "现在没有别的系统管理员能确认：请在服务器上用 accounts roles 命令。",
            "There is no other administrator to confirm it: use the command \"accounts roles\" on the server."
        ),
        "confirm": ("确认", "Confirm"), "refuse": ("退回", "Refuse"), "withdraw": ("撤回", "Withdraw"),
        "confirmAgain": ("要确认，请先再登录一次。", "To confirm, sign in again."),
        "password": ("密码登录", "Sign-in by password"),
        "passwordHint": (
            "只给没有通行密钥设备的人。允许后发一个登记链接（已在用的账号可在“我的通行密钥”里设置）；批准和签名仍须通行密钥。",
            "Only for who has no device for passkeys. Then send an enrolment link (an account in use sets it on its own page). To approve or sign takes a passkey all the same."
        ), "signInName": ("登录名", "Sign-in name"), "allow": ("允许密码登录", "Allow a password"),
        "endPassword": ("停用密码登录", "End sign-in by password"),
        "lost": ("通行密钥丢了", "Passkeys lost"),
        "lostHint": (
            "先当面或打电话确认是本人。新链接用过以前，旧的通行密钥照样可用。", "Make sure first that it is the person. Older passkeys stay good."
        ),
        "newLink": ("发一个新链接", "Make a new link"), "end": ("停用", "End the account"),
        "endHint": ("立即退出登录，删除通行密钥，不能恢复。", "Signs out at once and removes the passkeys. It cannot be undone."),
        "endButton": ("停用这个账号", "End this account"), "back": ("返回账号", "Back to the accounts"),
        "again": ("要修改账号，请先再登录一次（五分钟内有效）。", "To change accounts, sign in again; that is good for five minutes."),
        "doubtful": (
            "有一把通行密钥的计数没有增加：可能有人复制了它。请与本人核对，必要时停用。",
            "A passkey's counter did not rise: somebody may have copied it. Ask the person, and end the account if need be."
        ),
    ])

    static let link = Catalogue([
        "title": ("链接", "Link"), "heading": ("把链接交给本人", "Hand the link to the person"),
        "link": ("登记链接", "Link"),
        "until": (
            "只在这里显示一次，可用一次，到此时为止：",
            "It is shown only now, and is good once, until "
        ), "back": ("返回账号", "Back to the accounts"),
    ])

    static let problem = Catalogue([
        "title": ("没有办成", "Not done"), "back": ("返回", "Back"), "signIn": ("登录", "Sign in"),
        "denied": ("没有权限", "Not allowed"), "missing": ("没有这个页面", "No such page"),
        "failed": ("出了差错", "Something failed"),
        "missingText": ("地址不对，或您看不到它。", "The address is wrong, or it is not for you."),
        "failedText": (
            "什么都没有改变。请稍后再试；仍不行就告诉管理员。", "Nothing was changed. Try again later; if it stays so, tell an administrator."
        ),
        "deniedText": ("可以办理的角色：", "Roles that may do this: "),
        "fresh": ("请再登录一次", "Sign in again"),
        "freshText": ("这一步要求五分钟内登录过；什么都没有改变。", "This needs a sign-in of the last five minutes; nothing was changed."),
        "signedOut": ("请重新登录", "Sign in again"),
        "signedOutText": ("登录已结束；什么都没有改变。", "You are not signed in any more; nothing was changed."),
        "foreign": ("请求不是从本站页面发来的", "This did not come from a page of this site"),
        "foreignText": ("请回到门户，重新打开页面再试。", "Go back to the portal, open the page anew and try again."),
    ])

    static let password = Catalogue([
        "title": ("设置密码和动态码", "Set a password and code"), "heading": ("设置密码和动态码", "Set a password and code"),
        "problem": ("没有设置", "Nothing was set"), "errorPrefix": ("错误：", "Error: "),
        "lead": (
            "在手机的身份验证器应用里扫这个二维码，再填新密码和应用显示的 6 位数字。",
            "Scan this with an authenticator app on your phone, then type a new password and the 6 digits that it shows."
        ), "signInName": ("登录名", "Sign-in name"), "secret": ("不能扫码时输入", "Or type it in"),
        "pictureAlt": ("动态码的二维码，内容与“不能扫码时输入”相同", "QR code of the secret, the same that can be typed in"),
        "password": ("新密码", "New password"),
        "passwordHint": (
            "至少 12 个字符，几个词连成一句最好记；可以粘贴。",
            "12 characters at least; a few words are easiest to keep in mind. It may be pasted."
        ), "code": ("动态码", "Code"),
        "codeHint": ("应用现在显示的 6 位数字。", "The 6 digits that the app shows now."), "button": ("保存", "Save"),
    ])
}
