"""A stand-in for the server: the page and its assets with the headers of Pages.swift, and two routes
that say what a case wants them to say."""

import base64
import contextlib
import hashlib
import http.server
import json
import pathlib
import threading

RESOURCES = pathlib.Path(__file__).resolve().parents[2] / "Sources/SignetServer/Resources"
STYLE = (RESOURCES / "page.css").read_text()
OLD = (RESOURCES / "old-loader.js").read_text()
MODULES = ("seal.js", "trust.js", "status.js", "verify.js", "texts.js", "page.js")
TYPES = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8"}


def source(text):
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def joined(assets):
    """As Pages.swift makes one script of the modules."""
    lines = (line for name in MODULES for line in (assets.get(name) or (RESOURCES / name).read_text()).splitlines())
    return "\n".join(line.removeprefix("export ") for line in lines if not line.startswith("import ")) + "\n"


def policy(script):
    return (f"default-src 'none'; script-src 'self' {source(OLD)} {source(script)}; style-src 'self' {source(STYLE)}; "
            "img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")


class StandIn:
    """Served from threads, changed between cases. `requests` holds (method, path, headers and body)."""

    def __init__(self):
        self.reset({})
        server = self
        handler = type("Handler", (Handler,), {"state": property(lambda _: server)})
        self.http = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.http.daemon_threads = True
        self.base = f"http://127.0.0.1:{self.http.server_address[1]}"
        threading.Thread(target=self.http.serve_forever, daemon=True).start()

    def reset(self, config, trust=None, answer=None, assets=None, status=None, details=None, recorded=None):
        """`answer` is the JSON of POST /v1/verify; `assets` replaces files, for the controls."""
        self.config, self.trust, self.answer = config, trust, answer
        self.status, self.details = status, details
        self.assets = assets or {}
        self.script = joined(self.assets)
        self.recorded = recorded
        # The text that POST /v1/decode reads in every picture.
        self.decoded = None
        # The status that a proxy gives to everything while the server is away.
        self.away = None
        self.requests = []

    def stop(self):
        self.http.shutdown()
        self.http.server_close()


class Handler(http.server.BaseHTTPRequestHandler):
    timeout = 20

    def do_GET(self):
        self.note("")
        if self.state.away:
            return self.reply(self.state.away, "<h1>Bad Gateway</h1>", "text/html")
        if self.path == "/" or self.path.lower().startswith("/c"):
            config = json.dumps(self.state.config).replace("<", "\\u003c")
            page = (RESOURCES / "page.html").read_text().replace("{{style}}", STYLE).replace("{{config}}", config)
            page = page.replace("{{old}}", OLD).replace("{{script}}", self.state.script)
            page = page.replace("{{symbols}}", (RESOURCES / "symbols.svg").read_text())
            return self.reply(200, page, "text/html; charset=utf-8")
        if self.path == "/trust/list" and self.state.trust is not None:
            return self.reply(200, self.state.trust, "application/jose")
        if self.path == "/sw.js":
            return self.reply(200, (RESOURCES / "sw.js").read_text(), TYPES[".js"])
        if self.path == "/status":
            return self.reply(200, '{"status_lists":[]}', "application/json")
        if self.path == "/status/1" and self.state.status is not None:
            return self.reply(200, self.state.status, "application/statuslist+jwt")
        if self.path.startswith("/trust/recorded/") and self.state.recorded is not None:
            return self.reply(200, self.state.recorded, "application/octet-stream")
        if self.path.startswith("/assets/"):
            return self.asset(self.path.removeprefix("/assets/"))
        return self.reply(404, "{}", "application/problem+json")

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"])).decode(errors="replace")
        self.note(body)
        if self.path == "/v1/verify" and self.state.answer is not None:
            return self.reply(200, json.dumps(self.state.answer), "application/json")
        if self.path == "/v1/decode" and self.state.decoded is not None:
            return self.reply(200, json.dumps({"text": self.state.decoded}), "application/json")
        if self.path == "/v1/status-details" and self.state.details is not None:
            return self.reply(200, json.dumps(self.state.details), "application/json")
        return self.reply(404, "{}", "application/problem+json")

    def asset(self, name):
        file = RESOURCES / name
        if file.suffix not in TYPES or not file.is_file():
            return self.reply(404, "", "text/plain")
        return self.reply(200, self.state.assets.get(name) or file.read_text(), TYPES[file.suffix])

    def note(self, body):
        self.state.requests.append((self.command, self.path, f"{self.headers}\n{body}"))

    def reply(self, status, text, kind):
        data = text if isinstance(text, bytes) else text.encode()
        self.send_response(status)
        for name, value in (
            ("Content-Type", kind), ("Content-Length", str(len(data))), ("Cache-Control", "no-cache"),
            ("Content-Security-Policy", policy(self.state.script)), ("X-Content-Type-Options", "nosniff"),
            ("Referrer-Policy", "no-referrer"),
        ):
            self.send_header(name, value)
        self.end_headers()
        # A browser whose case is over no longer listens.
        with contextlib.suppress(ConnectionError):
            self.wfile.write(data)

    def log_message(self, *_):
        pass
