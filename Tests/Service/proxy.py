#!/usr/bin/env python3
"""The nginx configuration of docs/operations.md, as it stands there, in front of a server: TLS and HTTP/2, bodies as large as
the API takes, the client's own address, and words for what the proxy itself refuses.

Usage: proxy.py --signet PATH
"""
import argparse
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
sys.path.insert(0, str(ROOT / "Tests/Api"))
from service import FAILURES, Service, check, rows  # noqa: E402


class Proxy:
    """nginx with a folder, a port and a process of its own."""

    def __init__(self, service, folder):
        self.folder = folder
        folder.mkdir()
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
             "-subj", "/CN=verify.example.org", "-addext", "subjectAltName=DNS:verify.example.org",
             "-keyout", folder / "key.pem", "-out", folder / "fullchain.pem"], check=True, capture_output=True)
        (folder / "nginx.conf").write_text(self.configuration(service))
        words = ["nginx", "-p", str(folder), "-e", str(folder / "error.log"), "-c", str(folder / "nginx.conf")]
        tested = subprocess.run([*words, "-t"], capture_output=True, text=True)
        check("nginx takes the configuration of docs/operations.md", tested.returncode == 0, tested.stderr)
        self.process = subprocess.Popen(words)
        for _ in range(100):
            if self.process.poll() is None and socket.socket().connect_ex(("127.0.0.1", self.port)) == 0:
                return
            time.sleep(0.1)
        raise SystemExit("nginx does not listen: " + (folder / "error.log").read_text())

    def configuration(self, service):
        text = (ROOT / "docs/operations.md").read_text()
        site = re.search(r"^```nginx\n(.*?)^```", text, re.M | re.S)[1]
        for written, here in ((r"listen 443 ssl http2;", f"listen 127.0.0.1:{self.port} ssl http2;"),
                              (r"listen \[::\]:443 ssl http2;", ""), ("/etc/ssl/signet", str(self.folder)),
                              (r"127\.0\.0\.1:8080", service.url.removeprefix("http://"))):
            site, count = re.subn(written, here, site)
            check(f"the configuration says {written}", count > 0)
        folders = "\n".join(f"{kind}_temp_path {self.folder}/{kind};" for kind in (
            "client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
        user = "user root;" if os.getuid() == 0 else ""
        return (f"daemon off;\n{user}\npid {self.folder}/pid;\nevents {{}}\nhttp {{\naccess_log off;\n{folders}\n{site}\n}}\n")

    def stop(self):
        self.process.terminate()
        self.process.wait(timeout=20)

    def ask(self, path, *words, body=None):
        """Status, headers and body."""
        done = subprocess.run(
            ["curl", "-sS", "-k", "-i", "--http2", "--resolve", f"verify.example.org:{self.port}:127.0.0.1", *words,
             *(["--data-binary", "@-"] if body is not None else []), f"https://verify.example.org:{self.port}{path}"],
            input=body, capture_output=True, timeout=120)
        heads, _, content = done.stdout.partition(b"\r\n\r\n")
        while content.startswith(b"HTTP/"):
            heads, _, content = content.partition(b"\r\n\r\n")
        lines = heads.decode().split("\r\n")
        headers = {name.lower(): value for name, value in (line.split(": ", 1) for line in lines[1:] if ": " in line)}
        return lines[0], headers, content


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
    check("one of 40 MiB is refused by the proxy in words that a page can show", line.startswith("HTTP/2 413") and problem
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


def down(service, proxy):
    service.process.terminate()
    service.process.wait(timeout=60)
    line, headers, content = proxy.ask("/v1/verify", "-H", "Content-Type: application/json", body=b"{}")
    problem = content.startswith(b"{") and json.loads(content)
    check("a server that is away is told in words, with when to come again", line.startswith("HTTP/2 503") and problem
          and problem["type"] == "/problems/unavailable" and "retry-after" in headers, (line, content[:200]))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--signet", required=True, type=lambda text: str(pathlib.Path(text).resolve()))
    signet = parser.parse_args().signet
    with tempfile.TemporaryDirectory(prefix="signet-proxy-") as name:
        service = Service(signet, pathlib.Path(name))
        proxy = Proxy(service, pathlib.Path(name) / "nginx")
        try:
            for part in (passed_through, large_bodies, addresses, down):
                part(service, proxy)
        finally:
            proxy.stop()
            if service.process.poll() is None:
                service.process.kill()
                service.process.wait()
    sys.exit(f"{len(FAILURES)} checks failed" if FAILURES else 0)


if __name__ == "__main__":
    main()
