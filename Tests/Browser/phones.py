"""Browsers in which something is missing, refuses or never answers, and addresses that an app changed. Each case says
what is taken away, and passes only where the same page with everything in place does otherwise (the control)."""

import base64
import json

import cases
import lists
import seals
from behaviour import expect
from chromium import Page
from seals import claims, seal
from standin import RESOURCES

REFUSES = "globalThis.BarcodeDetector = class { detect() { return Promise.reject(new Error('no service')); } };"
THROWS = "globalThis.BarcodeDetector = class { constructor() { throw new TypeError('no formats'); } };"
SILENT = "globalThis.BarcodeDetector = class { detect() { return new Promise(() => {}); } };"


def shown(browser, server, path, taken="", **options):
    """A page at an address, on which a script first takes something away."""
    page = Page(browser, **options)
    if taken:
        page.call("Page.addScriptToEvaluateOnNewDocument", source=taken)
    page.open(server.base + path)
    return page


def reads(text):
    """A detector that reads these texts."""
    found = json.dumps([{"rawValue": one} for one in text])
    return f"globalThis.BarcodeDetector = class {{ detect() {{ return Promise.resolve({found}); }} }};"


def drop_picture(page):
    """A transparent picture with one black point."""
    page.run("""(async () => {
      const canvas = document.createElement("canvas");
      canvas.width = canvas.height = 40;
      canvas.getContext("2d").fillRect(0, 0, 1, 1);
      const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
      const transfer = new DataTransfer();
      transfer.items.add(new File([blob], "code.png", { type: "image/png" }));
      dispatchEvent(new DragEvent("drop", { dataTransfer: transfer, cancelable: true }));
    })()""")


def decoded(server):
    return [request for request in server.requests if request[1] == "/v1/decode"]


def reader_fails(browser, server, world):
    """The server reads where the browser's own reader is missing, throws, refuses or is silent; else nothing is sent."""
    text = seals.qr_text(seal(world.key))
    for taken in (THROWS, REFUSES, SILENT, "delete AbortSignal.timeout;"):
        server.reset(world.config(), world.trust)
        server.decoded = text
        with shown(browser, server, "/c", taken) as page:
            page.verdict()
            drop_picture(page)
            page.wait("document.querySelector('main').dataset.verdict === 'valid'")
            expect(len(decoded(server)) == 1, f"the server was not asked: {taken[:50]}")
    server.reset(world.config(), world.trust)
    with shown(browser, server, "/c", reads([text])) as page:
        page.verdict()
        drop_picture(page)
        page.wait("document.querySelector('main').dataset.verdict === 'valid'")
        expect(decoded(server) == [], "sent though the browser reads (control)")


def transparent_is_white(browser, server, world):
    """What is sent of a transparent picture is white but for what was drawn."""
    server.reset(world.config(), world.trust)
    watch = """const blobOf = HTMLCanvasElement.prototype.toBlob;
      HTMLCanvasElement.prototype.toBlob = function (done, type, ...more) {
        if (type === "image/jpeg") window.corner = [...this.getContext("2d").getImageData(39, 39, 1, 1).data];
        blobOf.call(this, done, type, ...more);
      };"""
    with shown(browser, server, "/c", watch) as page:
        page.verdict()
        drop_picture(page)
        expect(page.wait("window.corner") == [255, 255, 255, 255], "the ground is not white")


def several_in_one(browser, server, world):
    server.reset(world.config(), world.trust)
    one, other = (seals.qr_text(seal(world.key, claims(certificate={2: version}))) for version in (1, 2))
    with shown(browser, server, "/c", reads([one, other])) as page:
        page.verdict()
        drop_picture(page)
        page.wait("document.getElementById('scan-error').textContent.includes('一次只拍一份')")
    with shown(browser, server, "/c", reads([one, one])) as page:
        page.verdict()
        drop_picture(page)
        page.wait("document.querySelector('main').dataset.verdict === 'valid'")


def camera_refused(browser, server, world):
    """No https, no permission, no camera: each its own words, and a photo can still be chosen."""
    server.reset(world.config(), world.trust)
    refuse = "navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', '{}'));"
    insecure = """Object.defineProperty(globalThis, "isSecureContext", { value: false });
      Object.defineProperty(navigator, "mediaDevices", { value: undefined });"""
    for taken, words in ((insecure, "https"), (refuse.format("NotAllowedError"), "权限"),
                         (refuse.format("NotFoundError"), "没有可用的相机")):
        with shown(browser, server, "/c", taken) as page:
            page.verdict()
            page.click("#camera-start")
            page.wait(f"document.getElementById('scan-error').textContent.includes('{words}')")
            expect(page.run("document.activeElement.id") == "camera-start", "the focus is lost")
            expect(page.run("document.getElementById('photo-choose').checkVisibility()"), "no other way in")


def too_old_to_check(browser, server, world):
    """A browser that lacks something says which, and offers the server, which answers."""
    digits = cases.with_status(world)
    status = lists.token(world.status_key)
    checks = [{"check": name, "outcome": "pass"} for name in ("signature", "issuer", "scope", "status", "dates")]
    for taken, words in (("delete globalThis.DecompressionStream;", "太旧"),
                         ("Object.defineProperty(crypto, 'subtle', { value: undefined });", "https")):
        server.reset(world.config(), world.trust, {"verdict": "valid", "checks": checks}, status=status)
        with shown(browser, server, "/c#" + digits, taken) as page:
            answer = page.verdict()
            expect(answer["verdict"] == "could-not-check", f"it says {answer['verdict']}")
            expect(words in page.run("document.getElementById('verdict-reason').textContent"), f"no word of {words}")
            page.click("#ask-server")
            page.wait("document.querySelector('main').dataset.verdict === 'valid'")
    with shown(browser, server, "/c#" + digits) as page:
        expect(page.verdict()["verdict"] == "valid", "not valid with everything in place (control)")
        expect(not page.run("document.getElementById('ask-server').checkVisibility()"), "offered without need")


def too_old_to_read(browser, server, world):
    """Where the page's script cannot even be read, an older one offers the server."""
    answer = {"verdict": "not-valid", "reason": "revoked", "checks": []}
    broken = {"page.js": "let = = 1;"}
    for path in ("/c#" + world.valid(), "/c"):
        server.reset(world.config(), world.trust, answer, assets=broken)
        with shown(browser, server, path) as page:
            page.wait("document.querySelector('main')?.dataset.verdict === 'old'")
            page.wait("document.querySelector('main')?.innerText.includes('浏览器太旧')")
            expect(all(request[1] != "/v1/verify" for request in server.requests), "sent without a click")
            if "#" in path:
                page.click("main > button")
                page.wait("document.querySelector('main')?.innerText.includes('无效')")
    source = old_source()
    for name in ("=>", "`", "const ", "let ", "?.", "??", "..."):
        expect(name not in source, f"{name} is newer than ES5")


def old_source():
    """The old browsers' scripts without their comments."""
    lines = [line for name in ("old.js", "old-loader.js") for line in (RESOURCES / name).read_text().splitlines()]
    return "\n".join(line for line in lines if not line.startswith("//"))


def nothing_may_be_kept(browser, server, world):
    """Private windows in which each store throws."""
    taken = """for (const name of ["localStorage", "sessionStorage", "indexedDB", "caches"]) {
        Object.defineProperty(globalThis, name, { get() { throw new DOMException("denied", "SecurityError"); } });
      }
      Object.defineProperty(navigator, "serviceWorker", { value: undefined });
      Object.defineProperty(navigator, "clipboard", { value: undefined });"""
    server.reset(world.config(), world.trust, status=lists.token(world.status_key))
    with shown(browser, server, "/c#" + cases.with_status(world), taken) as page:
        expect(page.verdict()["verdict"] == "valid", "no verdict without stores")
        page.click("#language")
        page.wait("document.documentElement.lang === 'en-GB'")
        expect(page.complaints == [], f"console: {page.complaints}")


def changed_addresses(browser, server, world):
    """The code lost on the way is named; one moved into the path is read, and it is said that it was sent."""
    server.reset(world.config(), world.trust)
    with shown(browser, server, "/c") as page:
        page.verdict()
        expect(page.run("document.getElementById('dropped').checkVisibility()"), "no word of the lost code")
    with shown(browser, server, "/") as page:
        page.verdict()
        expect(not page.run("document.getElementById('dropped').checkVisibility()"), "nothing was lost (control)")
    for path in ("/c%23", "/C%23", "/c/%23", "/c%2523", "/c/"):
        with shown(browser, server, path + world.valid()) as page:
            expect(page.verdict()["verdict"] == "valid", f"{path} is not read")
            expect("随网址发送" in page.run("document.getElementById('privacy').textContent"), "not said that it was sent")
            expect(page.run("location.pathname") == "/c", "the address stays as it was changed")
    with shown(browser, server, "/C#" + world.valid()) as page:
        expect("不会发送" in page.verdict()["text"], "nothing was sent (control)")


def told_apart(browser, server, world):
    """Revoked, suspended, superseded and forged differ in word, in shape and in ground."""
    seen = set()
    for value in (1, 2, 3, None):
        server.reset(world.config(), world.trust, status=lists.token(world.status_key, entries={7: value} if value else {}))
        digits = cases.with_status(world) if value else seals.digits(seal(world.key)[:-1] + b"\0")
        with shown(browser, server, "/c#" + digits) as page:
            page.verdict()
            seen.add(tuple(page.run("""[document.getElementById("verdict-kind").textContent,
              document.getElementById("verdict-icon").getAttribute("href")]""")))
    expect(len({word for word, _ in seen}) == 4 and len({shape for _, shape in seen}) == 4, f"alike: {seen}")
    expect("" not in {word for word, _ in seen}, "one has no word")


def genuine_is_not_undecided(browser, server, world):
    """What is genuine and not yet in force is not also said to be neither; what is cut short is (the control)."""
    early = seals.digits(seal(world.key, claims(claim_5=seals.NOW + seals.DAY)))
    for digits, says in ((early, ("证书属实", "尚未生效")), (world.valid()[:-40], ("不说明",))):
        server.reset(world.config(), world.trust)
        with shown(browser, server, "/c#" + digits) as page:
            text = page.verdict()["text"]
            expect(all(words in text for words in says) and ("不说明" in text) == ("不说明" in says), text[:300])


def successor_in_one_tap(browser, server, world):
    newer = seals.digits(seal(world.key, claims(certificate={2: 2})))
    details = {"status": "superseded", "reason": "corrected", "since": seals.NOW - 60,
               "successor": f"https://{seals.HOST}/c#{newer}"}
    server.reset(world.config(), world.trust, status=lists.token(world.status_key, entries={7: 3}), details=details)
    with shown(browser, server, "/c#" + cases.with_status(world)) as page:
        page.verdict()
        page.click("#open-successor")
        page.wait("document.querySelector('main').dataset.verdict === 'valid'")
        expect(page.run("document.activeElement.id") == "verdict", "the focus did not go to the verdict")


def contacts_are_links(browser, server, world):
    """Whom to ask is one tap away, however the registry has it written; what is no address is no link."""
    def links(**institution):
        payload = seals.trust_list([seals.key_entry(world.key)])
        payload["institutions"][0].update(institution)
        server.reset(world.config(), seals.signed_list(world.root, payload))
        with shown(browser, server, "/c#" + world.valid()) as page:
            page.verdict()
            expect(all(text in page.run("document.getElementById('contact').textContent") for text in institution.values()),
                   f"not shown: {institution}")
            return page.run("[...document.querySelectorAll('#contact a')].map((link) => link.getAttribute('href'))")

    for found, wanted in (
        (links(phone="0536-8880000", website="https://college.example.cn/jd"), ["tel:05368880000", "https://college.example.cn/jd"]),
        (links(phone="（0536）8880000转802、+86 536 8881111"), ["tel:05368880000;ext=802", "tel:+865368881111"]),
        (links(phone="8880000（鉴定站） jd@college.example.cn"), ["tel:8880000", "mailto:jd@college.example.cn"]),
        (links(website="www.college.example.cn"), ["https://www.college.example.cn"]),
        (links(phone="鉴定站 3 楼 301", website="javascript:alert(1)"), []),
    ):
        expect(found == wanted, f"{found} instead of {wanted}")


def names_break_behind_dots(browser, server, world):
    """On a narrow phone each part of a name is on one line; by the usual rules it is not (the control)."""
    server.reset(world.config(), world.trust)
    digits = seals.digits(seal(world.key, claims(certificate={4: "阿卜杜热合曼·吾布力卡斯木·阿卜杜热西提"})))
    lines = """[...document.querySelector("[data-field=holderName] bdi").childNodes]
      .filter((node) => node.textContent.length > 1).map((node) => {
        const range = document.createRange();
        range.selectNodeContents(node);
        return new Set([...range.getClientRects()].map(({ top }) => top)).size;
      })"""
    with shown(browser, server, "/c#" + digits, width=390) as page:
        expect(page.verdict()["verdict"] == "valid", "not valid")
        found = page.run(lines)
        expect(found == [1, 1, 1], f"lines of each part: {found}")
        page.run("document.querySelector('[data-field=holderName]').style.wordBreak = 'normal'")
        expect(max(page.run(lines)) > 1, "no part would break (control)")


def details_by_keyboard(browser, server, world):
    details = {"status": "revoked", "reason": "misconduct", "since": seals.NOW - 60}
    for answer, words in ((details, "考试违纪"), (None, "没有给出")):
        server.reset(world.config(), world.trust, status=lists.token(world.status_key, entries={7: 1}), details=answer)
        with shown(browser, server, "/c#" + cases.with_status(world)) as page:
            page.verdict()
            page.run("document.getElementById('ask-details').focus()")
            page.press("Enter", 13)
            page.wait("!document.getElementById('ask-details')")
            focused = page.run("[document.activeElement.textContent, document.activeElement.getAttribute('role')]")
            expect(words in focused[0] and focused[1] == "status", f"the focus is on {focused}")


def one_printed_page(browser, server, world):
    """Every kind of verdict on one sheet of A4; twenty times the advice does not fit (the control)."""
    def sheets(page):
        data = base64.b64decode(page.call("Page.printToPDF", paperWidth=8.27, paperHeight=11.69)["data"])
        return data.count(b"/Type /Page\n") + data.count(b"/Type /Page ")

    for value in (0, 3):
        server.reset(world.config(), world.trust, status=lists.token(world.status_key, entries={7: value}))
        for language in ("zh-CN", "en-GB"):
            with shown(browser, server, "/c#" + cases.with_status(world), language=language) as page:
                page.verdict()
                count = sheets(page)
                expect(count == 1, f"{count} sheets")
                page.run("""(() => { const list = document.getElementById("advice");
                  for (let i = 0; i < 60; i++) list.append(list.firstElementChild.cloneNode(true)); })()""")
                expect(sheets(page) > 1, "sheets are not counted (control)")


def as_people_write(browser, server, world):
    """A number in full width, in groups and in lower case is sent as printed."""
    server.reset({**world.config(), "lookup": True}, world.trust)
    with shown(browser, server, "/") as page:
        page.verdict()
        page.run("""document.getElementById("lookup-number").value = " ｙ413７-00 01‐2。";
          document.getElementById("lookup-holder").value = "王海燕"; document.getElementById("lookup").requestSubmit();""")
        page.wait("document.getElementById('lookup-error').textContent")
        sent = [request["postData"] for request in page.requests if request["url"].endswith("/v1/lookup")]
        expect(json.loads(sent[0])["number"] == "Y413700012", f"sent {sent}")


def proxy_without_server(browser, server, world):
    """A second visit while a proxy says that the server is away; a server that fails by itself is not overruled."""
    digits = cases.with_status(world)
    for away, verdict in ((502, "valid"), (503, "valid"), (504, "valid"), (500, None)):
        server.reset(world.config(), world.trust, status=lists.token(world.status_key))
        with shown(browser, server, "/c#" + digits, language="en-GB") as page:
            page.verdict()
            page.run("navigator.serviceWorker.ready.then(() => true)")
            page.open(f"{server.base}/c#{digits}")
            expect("no answer from the server" not in page.verdict()["text"], "kept though the server answers (control)")
            server.away = away
            page.open(f"{server.base}/c#{digits}")
            if verdict is None:
                page.wait("document.body?.innerText.includes('Bad Gateway')")
                continue
            expect(page.verdict()["verdict"] == verdict, f"{away}: not the kept page and lists")
            beside = page.run("document.getElementById('verdict-kept').innerText")
            expect("no answer from the server" in beside, f"{away}: the age of the lists is not beside the verdict")


ALL = [
    reader_fails, transparent_is_white, several_in_one, camera_refused, too_old_to_check, too_old_to_read,
    nothing_may_be_kept, changed_addresses, told_apart, genuine_is_not_undecided, successor_in_one_tap,
    contacts_are_links, names_break_behind_dots, details_by_keyboard, one_printed_page,
    as_people_write, proxy_without_server,
]
