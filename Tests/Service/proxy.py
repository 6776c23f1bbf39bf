#!/usr/bin/env python3
"""The configurations of nginx and Caddy in docs/operations.md, as they stand there, in front of a server: TLS and HTTP/2,
bodies as large as the API takes, the client's own address, words for what the proxy itself refuses, and no digits of codes in
the proxies' logs.

Usage: proxy.py --signet PATH
"""
import argparse
import contextlib
import json
import os
import pathlib
import re
import socket
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "Tests/Api"), str(ROOT / "Tests/Support")]
from home import FAILURES, check  # noqa: E402
from service import Service, rows  # noqa: E402

DIGITS = "8" * 30


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Proxy:
    """One that is configured as docs/operations.md has it, with a folder, a port and a process of its own."""

    name = ""
    # Clients of each come from an address of their own.
    client = ""

    def __init__(self, service, folder):
        self.folder = folder
        folder.mkdir()
        self.port = free_port()
        configuration = folder / "configuration"
        configuration.write_text(self.configuration(service))
        environment = dict(os.environ, HOME=str(folder), XDG_DATA_HOME=str(folder), XDG_CONFIG_HOME=str(folder))
        tested = subprocess.run(self.test_words(configuration), capture_output=True, text=True, env=environment)
        check(f"{self.name} takes the configuration of docs/operations.md", tested.returncode == 0, tested.stderr)
        with open(folder / "stderr", "w") as log:
            self.process = subprocess.Popen(self.words(configuration), stderr=log, env=environment)
        for _ in range(100):
            if self.process.poll() is None and socket.socket().connect_ex(("127.0.0.1", self.port)) == 0:
                return
            time.sleep(0.1)
        self.stop()
        raise SystemExit(f"{self.name} does not listen: {self.logged()}")

    @staticmethod
    def replaced(text, *pairs):
        for written, here in pairs:
            text, count = re.subn(written, here, text)
            check(f"the configuration says {written}", count > 0)
        return text

    @staticmethod
    def documented(language):
        text = (ROOT / "docs/operations.md").read_text()
        return re.search(rf"^```{language}\n(.*?)^```", text, re.M | re.S)[1]

    def logged(self):
        files = [self.folder / name for name in ("stderr", "access.log", "error.log")]
        return "".join(file.read_text(errors="replace") for file in files if file.exists())

    def stop(self):
        self.process.terminate()
        self.process.wait(timeout=20)

    def ask(self, path, *words, body=None):
        """Status, headers and body."""
        done = subprocess.run(
            ["curl", "-sS", "-k", "-i", "--http2", "--interface", self.client,
             "--resolve", f"verify.example.org:{self.port}:127.0.0.1", *words,
             *(["--data-binary", "@-"] if body is not None else []), f"https://verify.example.org:{self.port}{path}"],
            input=body, capture_output=True, timeout=120)
        heads, _, content = done.stdout.partition(b"\r\n\r\n")
        while content.startswith(b"HTTP/"):
            heads, _, content = content.partition(b"\r\n\r\n")
        lines = heads.decode().split("\r\n")
        headers = {name.lower(): value for name, value in (line.split(": ", 1) for line in lines[1:] if ": " in line)}
        return lines[0], headers, content


class Nginx(Proxy):
    name, client = "nginx", "127.0.0.2"

    def words(self, configuration):
        return ["nginx", "-p", str(self.folder), "-e", str(self.folder / "error.log"), "-c", str(configuration)]

    def test_words(self, configuration):
        return [*self.words(configuration), "-t"]

    def configuration(self, service):
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
             "-subj", "/CN=verify.example.org", "-addext", "subjectAltName=DNS:verify.example.org",
             "-keyout", self.folder / "key.pem", "-out", self.folder / "fullchain.pem"], check=True, capture_output=True)
        site = self.replaced(
            self.documented("nginx"), (r"listen 443 ssl http2;", f"listen 127.0.0.1:{self.port} ssl http2;"),
            (r"listen \[::\]:443 ssl http2;", ""), ("/etc/ssl/signet", str(self.folder)), ("/var/log/nginx", str(self.folder)),
            (r"127\.0\.0\.1:8080", service.url.removeprefix("http://")))
        folders = "\n".join(f"{kind}_temp_path {self.folder}/{kind};" for kind in (
            "client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
        user = "user root;" if os.getuid() == 0 else ""
        return f"daemon off;\n{user}\npid {self.folder}/pid;\nevents {{}}\nhttp {{\n{folders}\n{site}\n}}\n"


class Caddy(Proxy):
    name, client = "Caddy", "127.0.0.3"

    def words(self, configuration):
        return ["caddy", "run", "--config", str(configuration), "--adapter", "caddyfile"]

    def test_words(self, configuration):
        return ["caddy", "validate", "--config", str(configuration), "--adapter", "caddyfile"]

    def configuration(self, service):
        # A certificate of its own making, no second port, no ports that others may have.
        own = f"admin off\n\thttp_port {free_port()}\n\tauto_https disable_redirects\n\tskip_install_trust"
        return self.replaced(
            self.documented("caddy"), (r"\A\{", "{\n\t" + own),
            (r"verify\.example\.org \{", f"https://verify.example.org:{self.port} {{\n\tbind 127.0.0.1\n\ttls internal"),
            (r"127\.0\.0\.1:8080", service.url.removeprefix("http://")))


def passed_through(service, proxy):
    line, headers, content = proxy.ask("/healthz")
    check("HTTP/2 over TLS reaches the server", line.startswith("HTTP/2 200") and content == b"ok\n", line)
    check("browsers are told to stay with TLS", "max-age=" in headers.get("strict-transport-security", ""), headers)
    line, headers, content = proxy.ask("/c")
    check("the page comes with its policy", "content-security-policy" in headers and b"<html" in content, line)
    line, _, _ = proxy.ask("/v1/verify", "-X", "PUT")
    check("what the server refuses is refused", line.startswith("HTTP/2 405"), line)


def large_bodies(service, proxy):
    table = rows(["qr", "filler"], *[["1", "x" * 3000]] * 2800)
    line, _, content = proxy.ask("/v1/verifications", "-H", "Content-Type: text/csv", body=table)
    check(f"a file of {len(table) >> 20} MiB is taken", line.startswith("HTTP/2 202"), (line, content[:200]))
    line, _, content = proxy.ask("/v1/verify-document", "-H", "Content-Type: application/pdf", body=b"%PDF-1.7\n" * 200_000)
    check("a PDF of 1.7 MiB is looked at", line.startswith("HTTP/2 200"), (line, content[:200]))
    line, headers, content = proxy.ask("/v1/verifications", "-H", "Content-Type: text/csv", body=b"x" * (40 << 20))
    problem = content.startswith(b"{") and json.loads(content)
    check("one of 40 MiB is refused in words that a page can show", line.startswith("HTTP/2 413") and problem
          and problem["type"] == "/problems/too-large" and headers["content-type"] == "application/problem+json",
          (line, content[:200]))


def addresses(service, proxy):
    def question(index):
        return json.dumps({"number": f"Y{index:021}", "name": "无此人"}).encode()

    kind = ("-H", "Content-Type: application/json")
    lines = [proxy.ask("/v1/lookup", *kind, "-H", f"X-Forwarded-For: 198.51.100.{i}", body=question(i))[0]
             for i in range(40)]
    check("whatever address a client writes, it is one client", lines[0].startswith("HTTP/2 404")
          and any(line.startswith("HTTP/2 429") for line in lines), lines)
    statuses = {service.post("/v1/lookup", json.loads(question(100 + i)), client=f"198.51.101.{i}")[0] for i in range(40)}
    check("and others have an allowance of their own (control)", statuses == {404}, statuses)


def logs(service, proxy):
    """The server answers some of them, and then is away."""
    for path in ("/c/", "/C/", "/c%23", "/c/?m="):
        proxy.ask(path + DIGITS)
    proxy.ask(f"/healthz?control={DIGITS[:20]}1")


def no_digits(proxy):
    logs(None, proxy)
    time.sleep(0.5)
    text = proxy.logged()
    check(f"no digits of codes are in the logs of {proxy.name}", DIGITS not in text, text[-2000:])
    check("though its questions are (control)", f"control={DIGITS[:20]}1" in text and text.count("/c") > 7)


def down(service, proxy):
    if service.process.poll() is None:
        service.process.terminate()
        service.process.wait(timeout=60)
    if proxy.name == "Caddy":
        line = proxy.ask("/v1/verify", "-H", "Content-Type: application/json", body=b"{}")[0]
        check("a server that is away is told", line.startswith("HTTP/2 502"), line)
        return
    line, headers, content = proxy.ask("/v1/verify", "-H", "Content-Type: application/json", body=b"{}")
    problem = content.startswith(b"{") and json.loads(content)
    check("a server that is away is told in words, with when to come again", line.startswith("HTTP/2 503") and problem
          and problem["type"] == "/problems/unavailable" and "retry-after" in headers, (line, content[:200]))


def end(service):
    if service.process.poll() is None:
        service.process.kill()
        service.process.wait()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--signet", required=True, type=lambda text: str(pathlib.Path(text).resolve()))
    signet = parser.parse_args().signet
    with tempfile.TemporaryDirectory(prefix="signet-proxy-") as name, contextlib.ExitStack() as started:
        service = Service(signet, pathlib.Path(name))
        started.callback(end, service)
        proxies = []
        for kind in (Nginx, Caddy):
            proxies.append(kind(service, pathlib.Path(name) / kind.name))
            started.callback(proxies[-1].stop)
        for part in (passed_through, large_bodies, addresses, logs, down):
            for proxy in proxies:
                part(service, proxy)
        for proxy in proxies:
            no_digits(proxy)
    sys.exit(f"{len(FAILURES)} checks failed" if FAILURES else 0)


if __name__ == "__main__":
    main()
