"""Drives a headless Chromium by the DevTools protocol over a pair of pipes."""

import base64
import contextlib
import fcntl
import json
import os
import select
import shutil
import signal
import subprocess
import tempfile
import time

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
STEP_SECONDS = 20
USER_AGENT = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Mobile Safari/537.36"


class BrowserError(Exception):
    pass


class Chromium:
    def __init__(self, *flags):
        program = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
        if program is None:
            raise BrowserError("no chromium found; install it, or name it in CHROMIUM")
        self.home = tempfile.mkdtemp(prefix="browser-test-")
        self.buffer = b""
        self.next_id = 0
        self.listeners = {}
        self.start([
            program, "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
            "--disable-background-networking", "--disable-component-update", "--disable-sync", "--hide-scrollbars",
            f"--user-data-dir={self.home}", "--remote-debugging-pipe", *flags, "about:blank"])

    def start(self, command):
        """The browser reads commands from its descriptor 3 and writes answers to its descriptor 4."""
        command_read, self.writer = os.pipe()
        self.reader, answer_write = os.pipe()
        # Copies at high numbers, so that putting one in its place does not overwrite the other.
        inherited = [fcntl.fcntl(fd, fcntl.F_DUPFD, 20) for fd in (command_read, answer_write)]

        def put_in_place():
            os.dup2(inherited[0], 3)
            os.dup2(inherited[1], 4)

        self.process = subprocess.Popen(
            command, preexec_fn=put_in_place, pass_fds=(3, 4), start_new_session=True,
            env={**os.environ, "HOME": self.home}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for fd in (*inherited, command_read, answer_write):
            os.close(fd)

    def stop(self):
        # Its own session, so this ends the browser and its helpers and nothing else.
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(timeout=STEP_SECONDS)
        shutil.rmtree(self.home, ignore_errors=True)

    def call(self, method, session=None, **parameters):
        self.next_id += 1
        message = {"id": self.next_id, "method": method, "params": parameters}
        if session:
            message["sessionId"] = session
        os.write(self.writer, json.dumps(message).encode() + b"\0")
        deadline = time.monotonic() + STEP_SECONDS
        while True:
            answer = self.receive(deadline, method)
            if answer.get("id") == self.next_id:
                if "error" in answer:
                    raise BrowserError(f"{method}: {answer['error']['message']}")
                return answer["result"]

    def receive(self, deadline, awaited):
        while b"\0" not in self.buffer:
            if not select.select([self.reader], [], [], max(0, deadline - time.monotonic()))[0]:
                raise BrowserError(f"no answer to {awaited} within {STEP_SECONDS} s")
            chunk = os.read(self.reader, 1 << 16)
            if not chunk:
                raise BrowserError("the browser has ended")
            self.buffer += chunk
        line, self.buffer = self.buffer.split(b"\0", 1)
        message = json.loads(line)
        listener = self.listeners.get(message.get("sessionId"))
        if listener and "method" in message:
            listener(message["method"], message["params"])
        return message


class Page:
    """One tab with storage of its own. Collects every request and every complaint of the console."""

    def __init__(self, browser, language="zh-CN", width=390, height=844, dark=False):
        self.browser = browser
        self.requests, self.complaints = [], []
        self.context = browser.call("Target.createBrowserContext")["browserContextId"]
        target = browser.call("Target.createTarget", url="about:blank", browserContextId=self.context)["targetId"]
        self.session = browser.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        browser.listeners[self.session] = self.listen
        for domain in ("Page", "Runtime", "Network", "Log"):
            self.call(f"{domain}.enable")
        self.call("Network.setUserAgentOverride", userAgent=USER_AGENT, acceptLanguage=language)
        self.resize(width, height)
        self.call("Emulation.setEmulatedMedia", features=[
            {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}])

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.browser.listeners.pop(self.session)
        self.browser.call("Target.disposeBrowserContext", browserContextId=self.context)

    def call(self, method, **parameters):
        return self.browser.call(method, self.session, **parameters)

    def listen(self, method, parameters):
        if method == "Network.requestWillBeSent":
            self.requests.append(parameters["request"])
        elif method == "Runtime.exceptionThrown":
            self.complaints.append(parameters["exceptionDetails"].get("text", "exception"))
        elif method == "Runtime.consoleAPICalled" and parameters["type"] in ("error", "warning", "assert"):
            self.complaints.append(f"console.{parameters['type']}")
        elif method == "Log.entryAdded" and parameters["entry"]["level"] in ("error", "warning"):
            self.complaints.append(parameters["entry"]["text"])

    def resize(self, width, height):
        self.call(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 600)

    def open(self, url):
        # A new document each time, even where only the fragment differs.
        self.call("Page.navigate", url="about:blank")
        self.call("Page.navigate", url=url)

    def run(self, expression):
        answer = self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in answer:
            raise BrowserError(answer["exceptionDetails"]["exception"].get("description", "exception"))
        return answer["result"].get("value")

    def wait(self, expression, seconds=STEP_SECONDS):
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if value := self.run(expression):
                return value
            time.sleep(0.03)
        raise BrowserError(f"never true: {expression}")

    def verdict(self):
        """Waits for the page to have an answer, then gives what it shows."""
        self.wait("!['loading', 'checking', undefined].includes(document.querySelector('main')?.dataset.verdict)")
        return self.run("""(() => {
          const main = document.querySelector("main");
          const shown = (node) => node.checkVisibility() ? node.innerText : "";
          return {
            verdict: main.dataset.verdict, reason: main.dataset.reason, source: main.dataset.source,
            lang: document.documentElement.lang, title: document.title, text: document.body.innerText,
            certificate: shown(document.getElementById("certificate")),
            checks: Object.fromEntries([...document.querySelectorAll("[data-check]")].map(
              (row) => [row.dataset.check, row.dataset.outcome])),
          };
        })()""")

    def click(self, selector):
        """A real click with the pointer, so that what is covered or hidden cannot be clicked."""
        point = self.run(f"""(() => {{
          const node = document.querySelector({json.dumps(selector)});
          node.scrollIntoView({{block: "center", behavior: "instant"}});
          const box = node.getBoundingClientRect();
          return [box.x + box.width / 2, box.y + box.height / 2];
        }})()""")
        for kind in ("mousePressed", "mouseReleased"):
            self.call("Input.dispatchMouseEvent", type=kind, x=point[0], y=point[1], button="left", clickCount=1)

    def press(self, key, code=0):
        for kind in ("keyDown", "keyUp"):
            self.call("Input.dispatchKeyEvent", type=kind, key=key, code=key, windowsVirtualKeyCode=code,
                      **({"text": "\r"} if key == "Enter" and kind == "keyDown" else {}))

    def type(self, text):
        self.call("Input.insertText", text=text)

    def screenshot(self, path, full=True):
        data = self.call("Page.captureScreenshot", format="png", captureBeyondViewport=full)["data"]
        with open(path, "wb") as file:
            file.write(base64.b64decode(data))
