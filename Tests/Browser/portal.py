#!/usr/bin/env python3
"""Staff in a real browser, each with an authenticator: a first administrator makes a passkey by a link, signs in, invites an
officer, who makes one too; both sign out. Usage: portal.py --signet PROGRAM [--screenshots DIR]"""

import argparse
import contextlib
import json
import os
import pathlib
import socket
import subprocess
import sys
import tempfile

from behaviour import CONTRAST, expect
from chromium import Chromium, Page
from harness import AXE, RULES, text

HERE = pathlib.Path(__file__).resolve().parent


class Portal:
    """An installation without certificates, and its portal at localhost: addresses have no passkeys."""

    def __init__(self, signet, folder):
        self.signet = signet
        self.environment = {**os.environ, "SIGNET_PASSPHRASE": "test", "SIGNET_HOME": f"{folder}/home"}
        self.call("init", "--authority", "潍坊市职业技能鉴定中心", "--host", "verify.example.org")
        self.begin(folder)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.base = f"http://localhost:{port}"
        config = pathlib.Path(folder, "home/config.json")
        config.write_text(json.dumps(json.loads(config.read_text()) | {"portal": self.base}))
        self.server = subprocess.Popen([signet, "portal", "--port", str(port), *self.options()], env=self.environment,
                                       stdout=subprocess.PIPE, text=True)
        expect(self.base in self.server.stdout.readline(), "the portal did not start")

    def begin(self, folder):
        """What is there before the portal starts."""

    def options(self):
        """What `portal` is given beside the port."""
        return ()

    def ended(self, *arguments):
        return subprocess.run([self.signet, *arguments], env=self.environment, capture_output=True, text=True, timeout=120)

    def call(self, *arguments):
        done = self.ended(*arguments)
        expect(done.returncode == 0, f"signet {arguments[0]}: {done.returncode} {done.stderr[-500:]}")
        return done.stdout

    def stop(self):
        self.server.terminate()
        expect(self.server.wait(timeout=20) == 0, "the portal did not end well")


class Person(Page):
    """A browser with a passkey device of its own, which verifies its owner."""

    def __init__(self, browser, **options):
        super().__init__(browser, **{"width": 1280, **options})
        self.call("WebAuthn.enable")
        self.authenticator = self.call("WebAuthn.addVirtualAuthenticator", options={
            "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
            "isUserVerified": True, "automaticPresenceSimulation": True})["authenticatorId"]

    def verified(self, is_verified):
        self.call("WebAuthn.setUserVerified", authenticatorId=self.authenticator, isUserVerified=is_verified)

    def heading(self, wanted):
        self.wait(f"document.readyState === 'complete' && document.querySelector('h1')?.textContent === {json.dumps(wanted)}")

    def submit(self, action):
        self.click(f"form[action='{action}'] button")

    def fill(self, name, value):
        self.run(f"document.getElementsByName({json.dumps(name)})[0].value = {json.dumps(value)}; true")


class Looks:
    """Every page as people see it: nothing for axe to say, contrast, nothing to scroll sideways, and a picture."""

    def __init__(self, folder):
        self.folder = folder
        self.seen = 0

    def at(self, page, name):
        for width, dark in ((1280, False), (320, True), (320, False), (1280, True)):
            page.resize(width, 844)
            page.call("Emulation.setEmulatedMedia", features=[
                {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}])
            expect(page.run("document.documentElement.scrollWidth <= innerWidth"), f"{name} is wider than {width}")
            page.run(AXE.read_text() + ";true")
            for found in (page.run(RULES), page.run(CONTRAST)):
                expect(found == [], f"{name}, {width}: {found}")
            if self.folder:
                page.screenshot(str(pathlib.Path(self.folder, f"portal-{name}-{width}-{'dark' if dark else 'light'}.png")))
            self.seen += 1
        page.resize(1280, 844)
        page.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": "light"}])

    def control(self, page):
        """What is taken away is missed."""
        page.run(AXE.read_text() + ";document.querySelector('label[for=name]').htmlFor = 'nothing';true")
        expect(any(rule.startswith("label") for rule in page.run(RULES)), "axe did not see a missing label")
        page.run("document.querySelector('label[for=nothing]').htmlFor = 'name'; true")


def enrolled(page, link, looks=None, name=None):
    page.open(link)
    page.heading("登记通行密钥")
    page.wait("!document.querySelector('[data-person]').hidden")
    expect(name is None or text(page, "[data-name]") == name, "another name")
    expect(page.run("location.hash") == "", "the token stays in the address")
    if looks:
        looks.at(page, "enrol")
    page.submit("/enrol")
    page.heading("记下恢复码")
    codes = page.run("[...document.querySelectorAll('code')].map((node) => node.textContent)")
    expect(len(set(codes)) == 8, f"codes: {codes}")
    if looks:
        looks.at(page, "codes")
    return codes


def signed_in(page, portal, path="/sign-in"):
    page.open(portal.base + path)
    page.heading("登录")
    page.submit("/sign-in")


def refused(page, portal):
    """Without its owner's finger the device answers nothing; a passkey of elsewhere is not there."""
    page.verified(False)
    signed_in(page, portal)
    page.wait("document.querySelector('.error').textContent.includes('没有登录')")
    page.verified(True)


def invited(page, portal, looks):
    page.click("nav a[href='/accounts']")
    page.heading("账号")
    page.run("document.querySelector(\"form[action='/accounts']\").noValidate = true; true")
    page.submit("/accounts")
    page.wait("!!document.querySelector('.summary')")
    expect(page.run("document.title").startswith("错误："), "the title tells of no error")
    page.wait("document.activeElement.className === 'summary'")
    looks.at(page, "accounts-error")
    looks.control(page)
    page.fill("name", "李明")
    page.run("document.querySelector('[value=officer]').click(); true")
    looks.at(page, "accounts")
    page.submit("/accounts")
    page.heading("把链接交给本人")
    looks.at(page, "link")
    return page.run("document.getElementById('link').value")


def idled(page, looks):
    """Two minutes before the end somebody is asked; one click goes on; without it the page stays, and says what happened."""
    page.run("const real = Date.now.bind(Date); Date.now = () => real() + (window.later || 0) * 1000; true")
    expect(page.run("document.querySelector('[data-idle]').hidden"), "asked at once")
    page.run("window.later = 1630; true")
    page.wait("!document.querySelector('[data-idle]').hidden && !!document.activeElement.closest('[data-idle]')")
    looks.at(page, "idle")
    page.click("[data-idle] button")
    page.wait("document.querySelector('[data-idle]').hidden")
    page.run("window.later = 3600; true")
    page.wait("!document.querySelector('[data-idled]').hidden")
    page.run("localStorage.clear(); true")


def journey(browser, portal, looks):
    link = portal.call("accounts", "create", "王海燕", "--role", "administrator").split()[-1]
    with Person(browser) as first, Person(browser) as second:
        codes = enrolled(first, link, looks, "王海燕")
        first.click("a.button[href='/']")
        first.heading("等您办理的事")
        looks.at(first, "home")
        idled(first, looks)
        first.submit("/sign-out")
        first.heading("登录")
        looks.at(first, "sign-in")
        refused(first, portal)
        signed_in(first, portal)
        first.heading("等您办理的事")
        expect(enrolled(second, invited(first, portal, looks), name="李明") != codes, "the same codes")
        second.open(portal.base + "/accounts")
        second.heading("没有权限")
        looks.at(second, "denied")
        second.open(portal.base + "/account")
        second.heading("我的通行密钥")
        looks.at(second, "account")

        first.open(portal.base + "/accounts")
        first.heading("账号")
        first.click("ul.rows li:nth-child(2) a")
        first.heading("李明")
        looks.at(first, "person")
        first.submit("/accounts/end")
        first.heading("账号")
        second.open(portal.base + "/")
        second.heading("登录")
        second.submit("/sign-in")
        second.heading("没有办成")

        first.open(link)
        first.heading("登记通行密钥")
        first.wait("document.querySelector('.error').textContent.includes('链接已用过')")
        recovered(browser, portal, codes[0], first)
        first.click("a[href='/language/en']")
        first.wait("document.documentElement?.lang === 'en' && document.querySelector('h1')?.textContent === 'What waits for you'")
        looks.at(first, "english")
        first.submit("/sign-out")
        first.heading("Sign in")
        for page in (first, second):
            unexpected = [line for line in page.complaints if "403" not in line and "401" not in line and "422" not in line]
            expect(unexpected == [], f"the console: {unexpected}")


def recovered(browser, portal, code, first):
    """A code makes a passkey on another device, once, and ends the sessions from before."""
    with Person(browser, width=390) as page:
        for wanted in ("记下恢复码", None):
            page.open(portal.base + "/enrol")
            page.heading("登记通行密钥")
            page.fill("code", code.lower())
            page.submit("/enrol")
            if wanted:
                page.heading(wanted)
            else:
                page.wait("document.querySelector('.error').textContent.includes('没有这个恢复码')")
    first.open(portal.base + "/")
    first.heading("登录")
    first.submit("/sign-in")
    first.heading("等您办理的事")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--signet", required=True)
    parser.add_argument("--screenshots")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="signet-portal-") as folder, contextlib.ExitStack() as stack:
        portal = Portal(os.path.abspath(arguments.signet), folder)
        stack.callback(portal.stop)
        browser = Chromium()
        stack.callback(browser.stop)
        looks = Looks(arguments.screenshots)
        journey(browser, portal, looks)
        record = portal.call("audit", "list")
        expect(record.count("account-create") == 2 and record.count("account-end") == 1, "the record")
        expect("王海燕" not in record, "the record names somebody")
        print(f"ok   enrol, sign in, invite, enrol, end, recover, sign out; {looks.seen} looks at pages")


if __name__ == "__main__":
    sys.exit(main())
