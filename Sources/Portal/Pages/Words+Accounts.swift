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
        "synced": ("可在多台设备间同步", "may be on several devices"), "codesLeft": ("个恢复码可用。", "recovery codes are left."),
        "unnamed": ("通行密钥", "Passkey"), "sessions": ("登录在别处", "Signed in elsewhere"),
        "elsewhere": (
            "处别的浏览器还登录着本账号。不是您的，就全部退出，并告诉管理员。",
            "other browsers are signed in as you. If they are not yours, end them and tell an administrator."
        ), "endOthers": ("退出别处的登录", "End the others"),
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
        "until": ("截止日（可不填）", "Last day (may stay empty)"), "saveRoles": ("保存角色", "Save the roles"),
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
}
