#!/usr/bin/env python3
"""Tests the verification page in a real browser.

    run.py                          every case, against a stand-in server
    run.py --screenshots DIR        also saves what the verdicts look like
    run.py --base URL --text QRTEXT --expect valid
                                    one certificate's text, on the page of a real server

Needs Chromium and the Python package `cryptography`.
"""

import argparse
import gzip
import json
import pathlib
import re
import sys
import time

import cases
import phones
import seals
from behaviour import ALL, expect
from chromium import BrowserError, Chromium, Page
from screenshots import save
from seals import claims, seal
from standin import RESOURCES, StandIn

MAXIMUM_PAGE_BYTES = 48 * 1024
MAXIMUM_OTHER_PAGE_BYTES = 32 * 1024
VERDICTS = json.loads((pathlib.Path(__file__).parent / "verdicts.json").read_text())
RUN_SECONDS = 480


class Tally:
    def __init__(self):
        self.passed = self.failed = 0
        self.deadline = time.monotonic() + RUN_SECONDS

    def take(self, name, function, *arguments):
        try:
            expect(time.monotonic() < self.deadline, f"the whole run took over {RUN_SECONDS} s")
            function(*arguments)
        except (AssertionError, BrowserError) as error:
            self.failed += 1
            print(f"FAIL {name}: {error}")
        else:
            self.passed += 1
            print(f"ok   {name}")


def judge(browser, server, world, case, assets=None):
    """One seal on a fresh page: the verdict, what is shown of it, and that nothing of it is sent."""
    server.reset(world.config(case.root), case.trust, status=case.status, assets=assets, recorded=case.recorded)
    with Page(browser) as page:
        page.open(f"{server.base}/c#{case.digits}")
        shown = page.verdict()
        found = (shown["verdict"], shown["reason"])
        expect(found == (case.verdict, case.reason), f"it says {found}")
        expect(list(shown["checks"]) == ["signature", "issuer", "scope", "status", "dates"], "not five checks")
        outcomes = shown["checks"].values()
        decided = "not-valid" if "fail" in outcomes else "could-not-check" if "unknown" in outcomes else "valid"
        expect(decided == case.verdict, f"the checks say {decided}")
        expect(bool(shown["certificate"]) == case.shown, "the content is " + ("hidden" if case.shown else "shown"))
        expect(case.shown or "王海燕" not in shown["text"], "the name is shown")
        nothing_sent(page, server, case.digits)
        # The browser itself complains of a 404; nothing else may.
        complaints = [text for text in page.complaints if "404" not in text or not case.is_missing]
        expect(complaints == [], f"console: {complaints}")


def exact_texts(browser, server, world, case, wanted):
    """What a person reads, word by word, in both languages: a change of these texts must be meant."""
    server.reset(world.config(case.root), case.trust, status=case.status, recorded=case.recorded)
    for language, tag in (("zh-CN", "zh"), ("en-GB", "en")):
        with Page(browser, language=language) as page:
            page.open(f"{server.base}/c#{case.digits}")
            page.verdict()
            shown = page.run("""({
              word: document.getElementById("verdict-word").textContent,
              reason: document.getElementById("verdict-reason").textContent,
              next: [...document.querySelectorAll("#advice li")].map((item) => item.textContent) })""")
            expect(shown == wanted[tag], f"{tag}: {shown}")


def every_reason_has_words(browser, server, world):
    """Each reason that the programs know has its own words and its advice on the page."""
    source = (RESOURCES.parents[1] / "Verification/Verdict.swift").read_text()
    reasons = source.split("enum Reason")[1].split("\n}")[0]
    codes = [raw or name for name, raw in re.findall(r"case (\w+)(?: = \"([a-z-]+)\")?", reasons)]
    expect(len(codes) > 40, "the reasons were not found")
    server.reset(world.config(), world.trust)
    with Page(browser) as page:
        page.open(f"{server.base}/c#{world.valid()}")
        page.verdict()
        missing = page.run(f"""import("/assets/texts.js").then(({{ texts, adviceFor }}) => {json.dumps(codes)}.filter((code) =>
          Object.values(texts).some((words) => !words[`reason.${{code}}`] || !words[`next.${{adviceFor[code] ?? code}}`])))""")
        expect(missing == [], f"no words for {missing}")


def nothing_sent(page, server, digits):
    piece = digits[:40]
    for request in page.requests:
        sent = str({name: value for name, value in request.items() if name != "urlFragment"})
        expect(piece not in sent, f"the seal is in a request to {request['url'][:60]}")
        expect(request["url"].startswith((server.base, "data:")), f"a request to {request['url'][:60]}")
    expect(all(piece not in str(request) for request in server.requests), "the server saw the seal")
    stored = page.run("JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie])")
    expect(piece not in stored and "王" not in stored, "the seal is kept in the browser")


def light_enough():
    """All that a page may ever ask for, as sent: compressed, each file by itself."""
    # The API's description is part of no page.
    sizes = {file.name: len(gzip.compress(file.read_bytes())) for file in RESOURCES.iterdir() if file.suffix != ".json"}
    bulk = {name for name in sizes if name.startswith(("bulk", "exceptions"))}
    holder = {name for name in sizes if name.startswith("holder")}
    shared = {"page.css", "symbols.svg", "language.js"}
    for page, names, most in (
        ("verification", set(sizes) - bulk - holder, MAXIMUM_PAGE_BYTES),
        ("bulk", bulk | shared | {"texts.js"}, MAXIMUM_OTHER_PAGE_BYTES), ("holder", holder | shared, MAXIMUM_OTHER_PAGE_BYTES),
    ):
        size = sum(sizes[name] for name in names)
        print(f"     the {page} page weighs {size} bytes")
        expect(size <= most, f"the {page} page weighs {size} bytes")


def control(browser, server, world, case, name, old, new, complaint):
    """A broken page must fail the same test that the real one passes, else that test proves nothing."""
    source = (RESOURCES / name).read_text()
    expect(old in source, f"{name} no longer has what this control breaks")
    try:
        judge(browser, server, world, case, assets={name: source.replace(old, new)})
    except AssertionError as error:
        expect(complaint in str(error), f"found for another reason: {error}")
    else:
        raise AssertionError("a broken page passed")


def run_all(tally, browser, server, world):
    every = cases.all_cases(world)
    for case in every:
        tally.take(f"{case.verdict}: {case.name}", judge, browser, server, world, case)
    for function in ALL + phones.ALL:
        tally.take(function.__name__.replace("_", " "), function, browser, server, world)
    for wanted in VERDICTS:
        name = f"exact texts: {wanted['reason'] or wanted['verdict']}"
        tally.take(name, exact_texts, browser, server, world, fixture(every, wanted), wanted)
    tally.take("every reason has words", every_reason_has_words, browser, server, world)
    tally.take("light enough", light_enough)
    forged = next(case for case in every if case.reason == "bad-signature")
    for title, *broken in (
        ("forgeries pass", "verify.js", 'fail("bad-signature")', "pass", "it says ('valid'"),
        ("the seal is sent", "page.js", "\nstart().then", '\nfetch("/leak?" + location.hash.slice(1));\nstart().then',
         "the seal is in a request"),
        ("content is always shown", "page.js", 'element("certificate").hidden = !isSigned',
         'element("certificate").hidden = false', "the content is shown"),
        ("a style is inline", "page.js", "\nstart().then", '\nmain.setAttribute("style", "color: red");\nstart().then',
         "Content Security Policy"),
    ):
        tally.take(f"control: {title}", control, browser, server, world, forged, *broken)


def fixture(every, wanted):
    return next(case for case in every if (case.verdict, case.reason) == (wanted["verdict"], wanted["reason"]))


def save_screenshots(directory, browser, server, world):
    """Of each verdict whose words are fixed, and of two that show more."""
    shown = [fixture(list(cases.all_cases(world)), wanted) for wanted in VERDICTS]
    shown += [cases.Case("expired", seals.digits(seal(world.key, claims(claim_4=seals.NOW - 1))), "not-valid", "expired",
                         trust=world.trust),
              cases.Case("sm2", seals.digits(seal(world.sm2)), "could-not-check", "algorithm-unsupported",
                         trust=world.trust)]
    for case in shown:
        def show(case=case, **options):
            server.reset(world.config(case.root), case.trust, status=case.status, recorded=case.recorded)
            page = Page(browser, **options)
            page.open(f"{server.base}/c#{case.digits}")
            page.verdict()
            return page

        save(directory, case.reason or case.verdict, show)


def real_server(browser, base, text, expected):
    with Page(browser) as page:
        page.open(base.rstrip("/") + "/c#" + text.strip().rsplit("#", 1)[-1])
        shown = page.verdict()
        expect(shown["verdict"] == expected, f"it says {shown['verdict']} {shown['reason']} {shown['checks']}")
        expect(page.complaints == [], f"console: {page.complaints}")


def main():
    parser = argparse.ArgumentParser(description="Tests the verification page in a real browser.")
    parser.add_argument("--screenshots", metavar="DIR", type=pathlib.Path)
    parser.add_argument("--base", metavar="URL", help="the page of a real server instead of the stand-in")
    parser.add_argument("--text", metavar="QRTEXT", help="the text of a certificate's QR code")
    parser.add_argument("--expect", default="valid", choices=["valid", "not-valid", "could-not-check"])
    options = parser.parse_args()
    if (options.base is None) != (options.text is None):
        parser.error("--base and --text go together")

    tally, browser, server = Tally(), Chromium(), None
    try:
        if options.base:
            tally.take(f"{options.base} says {options.expect}", real_server, browser, options.base, options.text,
                       options.expect)
        else:
            server, world = StandIn(), cases.World()
            run_all(tally, browser, server, world)
            if options.screenshots:
                save_screenshots(options.screenshots, browser, server, world)
    finally:
        browser.stop()
        if server:
            server.stop()
    print(f"{tally.passed} passed, {tally.failed} failed")
    return 1 if tally.failed else 0


if __name__ == "__main__":
    sys.exit(main())
