"""What the page does beyond a single verdict: languages, keyboard, storage, and what it sends."""

import json

import cases
import lists
import seals
from chromium import Page
from seals import claims, key_entry, seal
from standin import RESOURCES


def expect(condition, what):
    if not condition:
        raise AssertionError(what)


def opened(browser, server, fragment="", **options):
    page = Page(browser, **options)
    page.open(server.base + "/c" + fragment)
    return page


def both_languages(browser, server, world):
    server.reset(world.config(), world.trust)
    for language, tag, word, other in (("zh-CN", "zh-CN", "有效", "Valid"), ("de-DE", "en-GB", "Valid", "有效")):
        with opened(browser, server, "#" + world.valid(), language=language) as page:
            shown = page.verdict()
            expect(shown["lang"] == tag and word in shown["text"], f"{language} did not give {tag}")
            expect(word in shown["title"], "the title is in another language")
            page.click("#language")
            shown = page.verdict()
            expect(shown["lang"] != tag and other in shown["text"], "the other language did not come")
            page.open(server.base + "/c#" + world.valid())
            expect(page.verdict()["lang"] != tag, "the choice was forgotten")


def catalogues_agree(browser, server, world):
    server.reset(world.config(), world.trust)
    with opened(browser, server, "#" + world.valid()) as page:
        page.verdict()
        for file, name in (("texts", "texts"), ("inputs-texts", "inputTexts"), ("bulk-texts", "bulkTexts")):
            difference = page.run(f"""import("/assets/{file}.js").then(({{ {name}: {{ zh, en }} }}) =>
              [...Object.keys(zh).filter((key) => !(key in en)), ...Object.keys(en).filter((key) => !(key in zh))])""")
            expect(difference == [], f"only in one language: {difference}")


def another_fragment(browser, server, world):
    server.reset(world.config(), world.trust)
    with opened(browser, server, "#" + world.valid()) as page:
        expect(page.verdict()["verdict"] == "valid", "the first seal")
        page.run(f"location.hash = '{seals.digits(seal(world.stranger))}'")
        page.wait("document.querySelector('main').dataset.reason === 'unknown-key'")
        expect("王海燕" not in page.verdict()["text"], "the first certificate is still there")


def texts_of_all_kinds(browser, server, world):
    """The seal in a text is found as the other verifier finds it, in vectors and in a thousand texts by chance."""
    vectors = json.loads((RESOURCES.parents[2] / "Tests/Vectors/seal-texts/texts.json").read_text())
    server.reset(world.config(), world.trust)
    with opened(browser, server) as page:
        wrong = page.run(f"""import("/assets/seal.js").then(({{ findSeal }}) => {{
          const {{ seals, cases }} = {json.dumps(vectors)};
          const wrong = cases.filter(({{ text, finding, seal }}) => {{
            const found = findSeal(text);
            return found.finding !== finding || (finding === "seal" && found.digits !== seals[seal]);
          }}).map(({{ name }}) => name);
          let state = 66;
          const random = (count) => (state = (state * 1103515245 + 12345) % 2147483648) % count;
          const between = [" ", "\\n", "\\r\\n> ", "\\u200b", "\\u00a0", "\\u00ad", "=\\n", "-", ".", "%20"];
          for (let round = 0; round < 1000; round++) {{
            const digits = seals[round % seals.length];
            const place = 1 + random(digits.length - 1);
            const broken = (text) => text.slice(0, place) + between[random(between.length)] + text.slice(place);
            const sign = ["#", "%23", "\\uff03"][random(3)];
            if (findSeal(`https://a.example/c${{sign}}${{broken(digits)}} 2026`).digits !== digits) wrong.push(`kept ${{round}}`);
            const changed = digits.slice(0, place) + (Number(digits[place]) + 1 + random(9)) % 10 + digits.slice(place + 1);
            if (findSeal(`https://a.example/c${{sign}}${{broken(changed)}}`).digits === digits) wrong.push(`changed ${{round}}`);
          }}
          return wrong;
        }})""")
        expect(wrong == [], f"not as the other verifier: {wrong[:10]}")


def paste_field(browser, server, world):
    server.reset(world.config(), world.trust)
    with opened(browser, server) as page:
        expect(page.verdict()["verdict"] == "empty", "no fragment should give the empty page")
        page.run("document.getElementById('paste-text').focus()")
        page.type("hello")
        page.click("#paste button")
        expect("#" in page.run("document.getElementById('paste-error').textContent"), "no word about the mistake")
        page.run("document.getElementById('paste').reset(); document.getElementById('paste-text').focus()")
        page.type(" " + seals.qr_text(seal(world.key)) + "\n")
        # By keyboard alone: on to the button, and press it.
        page.press("Tab", 9)
        page.press("Enter", 13)
        page.wait("document.querySelector('main').dataset.verdict === 'valid'")
        expect(page.run("document.activeElement.id") == "verdict", "the focus did not go to the verdict")
        page.click("#another")
        page.wait("document.querySelector('main').dataset.verdict === 'empty'")
        expect(page.run("document.activeElement.id") == "camera-start", "the focus did not go to the first way in")
        page.run("history.back()")
        page.wait("document.querySelector('main').dataset.verdict === 'valid'")


def sequence_gone_back(browser, server, world):
    entry = key_entry(world.key)
    with Page(browser) as page:
        for sequence, reason in ((7, ""), (6, "trust-list-rolled-back"), (7, ""), (8, "")):
            server.reset(world.config(), world.listing(entry, sequence=sequence))
            page.open(server.base + "/c#" + world.valid())
            shown = page.verdict()
            found = (shown["verdict"], shown["reason"])
            expect(found == ("could-not-check" if reason else "valid", reason), f"sequence {sequence} gave {found}")


def sequence_by_status_list(browser, server, world):
    """A status list tells of a newer trust list than the page was given; from then on the page knows of it."""
    entry = key_entry(world.key)
    keys = [key_entry(world.status_key)]
    with Page(browser) as page:
        for sequence, least, reason in ((7, 7, ""), (7, 8, "trust-list-rolled-back"), (7, None, "trust-list-rolled-back"),
                                        (8, 8, "")):
            more = {} if least is None else {"trust_sequence": least}
            server.reset(world.config(), world.listing(entry, sequence=sequence, status_keys=keys),
                         status=lists.token(world.status_key, **more))
            page.open(server.base + "/c#" + cases.with_status(world))
            shown = page.verdict()
            found = (shown["verdict"], shown["reason"])
            expect(found == ("could-not-check" if reason else "valid", reason), f"{sequence} beside {least} gave {found}")


def status_gone_back(browser, server, world):
    """The page remembers how new a list it has seen, and takes an older one for what it is."""
    now = seals.NOW
    with Page(browser) as page:
        for age, verdict, reason in ((60, "valid", ""), (3600, "could-not-check", "status-list-rolled-back"),
                                     (30, "valid", "")):
            status = lists.token(world.status_key, iat=now - age)
            server.reset(world.config(), world.trust, status=status)
            page.open(server.base + "/c#" + cases.with_status(world))
            shown = page.verdict()
            expect((shown["verdict"], shown["reason"]) == (verdict, reason), f"{age} s old: {shown['reason']}")


def status_details_on_click(browser, server, world):
    """Reason and newer version come only on a click, which sends the random identity and nothing else."""
    newer = seals.digits(seal(world.key, claims(certificate={2: 2})))
    status = lists.token(world.status_key, entries={7: 3})
    details = {"status": "superseded", "reason": "corrected", "since": seals.NOW - 60,
               "successor": f"https://{seals.HOST}/c#{newer}"}
    server.reset(world.config(), world.trust, status=status, details=details)
    with opened(browser, server, "#" + cases.with_status(world)) as page:
        expect(page.verdict()["reason"] == "superseded", "not superseded")
        expect(all(request[0] == "GET" for request in server.requests), "sent without a click")
        page.click("#ask-details")
        page.wait("document.getElementById('status-details')?.textContent.includes('更正')")
        sent = [request for request in page.requests if request["method"] == "POST"]
        expect([request["postData"] for request in sent] == [f'{{"id":"{bytes(range(16)).hex()}","version":1}}'],
               "another body")
        page.click("#status-details a")
        page.wait("document.querySelector('main').dataset.verdict === 'valid'")
        expect(page.verdict()["verdict"] == "valid", "the newer version does not open")


def retry_after_outage(browser, server, world):
    server.reset(world.config(), None)
    with opened(browser, server, "#" + world.valid()) as page:
        expect(page.verdict()["reason"] == "trust-list-unavailable", "the outage went unseen")
        server.trust = world.trust
        page.click("#retry")
        page.wait("document.querySelector('main').dataset.verdict === 'valid'")


def server_after_click(browser, server, world):
    digits = seals.digits(seal(world.sm2))
    checks = [{"check": name, "outcome": "pass"} for name in ("signature", "issuer", "scope", "status", "dates")]
    certificate = {
        "id": "00" * 16, "number": "Y4137", "version": 1, "institution": seals.INSTITUTION,
        "institutionName": "潍坊职业学院", "holderName": "李雷", "occupationCode": "5-05-01-02",
        "occupation": "农业经理人", "level": -1, "awardDate": "2026-06-30"}
    server.reset(world.config(), world.trust, None)
    with opened(browser, server, "#" + digits) as page:
        expect(page.verdict()["reason"] == "algorithm-unsupported", "SM2 was checked in the browser?")
        expect(all(digits not in str(request) for request in server.requests), "sent without a click")
        page.click("#ask-server")
        page.wait("document.getElementById('server-state').textContent.includes('没有给出')")
        expect(page.verdict()["verdict"] == "could-not-check", "a failed question changed the verdict")
        server.answer = {"verdict": "valid", "checks": checks, "certificate": certificate}
        page.click("#ask-server")
        page.wait("document.querySelector('main').dataset.source === 'server'")
        shown = page.verdict()
        expect(shown["verdict"] == "valid" and "李雷" in shown["certificate"], "the answer is not shown")
        expect("首席技师" in shown["certificate"] and "--" in shown["certificate"], "level or specialisation")
        sent = [request for request in page.requests if request["method"] == "POST"]
        expect(all(request["postData"] == f'{{"seal":"{digits}"}}' for request in sent), "another body")
        expect(sent[-1]["headers"]["Content-Type"] == "application/json", "another content type")


def markup_is_text(browser, server, world):
    name = "<img src=x onerror=document.title='owned'><b>王</b>"
    server.reset(world.config(), world.trust)
    digits = seals.digits(seal(world.key, claims(certificate={4: name, 7: None})))
    with opened(browser, server, "#" + digits) as page:
        shown = page.verdict()
        expect(name in shown["certificate"], "the name is not shown as it stands")
        expect(page.run("document.querySelectorAll('main img, main b').length") == 0, "markup became elements")
        isolated = page.run("document.querySelector('[data-field=holderName] bdi').textContent")
        expect(isolated == name, "the name is not isolated from the text around it")
        expect(page.run("document.querySelector('[data-field=specialisation]').textContent") == "--", "not --")
        expect(page.complaints == [], f"console: {page.complaints}")


def fits_a_narrow_phone(browser, server, world):
    """Nothing to scroll sideways, even with long words, and when letters are twice as large (195 wide)."""
    server.reset(world.config(), world.trust)
    name = "Abdurrahmanmuhammadjalaluddinsadriddinovichabdulvohidzoda"
    digits = seals.digits(seal(world.key, claims(certificate={4: name, 1: "Y" + "0123456789" * 4})))
    for language in ("zh-CN", "en"):
        for width in (320, 195):
            with opened(browser, server, "#" + digits, language=language, width=width) as page:
                page.verdict()
                found = page.run("document.documentElement.scrollWidth")
                expect(found <= width, f"{found} wide on a phone of {width}")


CONTRAST = """(() => {
  const channels = (text) => (text.match(/[\\d.]+/g) ?? []).map(Number);
  const luminance = (rgb) => rgb.slice(0, 3).map((value) => value / 255)
    .map((value) => value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4)
    .reduce((sum, value, i) => sum + value * [0.2126, 0.7152, 0.0722][i], 0);
  const ground = (node) => {
    for (; node; node = node.parentElement) {
      const rgb = channels(getComputedStyle(node).backgroundColor);
      if (rgb.length === 3 || rgb[3] === 1) return rgb;
    }
    return [255, 255, 255];
  };
  const poor = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text; text = walker.nextNode();) {
    const node = text.parentElement;
    if (!text.data.trim() || !node.checkVisibility({ visibilityProperty: true })) continue;
    const [a, b] = [luminance(channels(getComputedStyle(node).color)), luminance(ground(node))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) poor.push(`${text.data.trim().slice(0, 20)} ${ratio.toFixed(2)}`);
  }
  return poor;
})()"""


def contrast(browser, server, world):
    """WCAG AA for every visible text, in both colour schemes."""
    stranger, unlisted = seals.digits(seal(world.sm2)), seals.digits(seal(world.stranger))
    expired = seals.digits(seal(world.key, claims(claim_4=seals.NOW - 1)))
    for dark in (False, True):
        for fragment in ("#" + world.valid(), "#" + stranger, "#" + unlisted, "#" + expired, ""):
            server.reset(world.config(), world.trust)
            with opened(browser, server, fragment, dark=dark) as page:
                page.verdict()
                poor = page.run(CONTRAST)
                expect(poor == [], f"{'dark' if dark else 'light'}: {poor}")


def accessible(browser, server, world):
    server.reset(world.config(), world.trust)
    with opened(browser, server, "#" + world.valid()) as page:
        page.verdict()
        nodes = page.call("Accessibility.getFullAXTree")["nodes"]
        named = {node["role"]["value"]: node.get("name", {}).get("value", "") for node in nodes if "role" in node}
        expect("status" in named and "heading" in named and "main" in named, "a landmark is missing")
        nameless = [node for node in nodes if node.get("role", {}).get("value") in ("button", "textbox")
                    and not node.get("name", {}).get("value")]
        expect(not nameless, "a control without a name")
        small = page.run("""[...document.querySelectorAll("button")].filter((node) => node.checkVisibility())
          .filter((node) => node.getBoundingClientRect().height < 44).length""")
        expect(small == 0, "a button too low for a thumb")


ALL = [
    both_languages, catalogues_agree, another_fragment, texts_of_all_kinds, paste_field, sequence_gone_back,
    sequence_by_status_list, status_gone_back,
    status_details_on_click, retry_after_outage,
    server_after_click, markup_is_text, fits_a_narrow_phone, contrast, accessible,
]
