#!/usr/bin/env python3
"""The API over loopback: schemathesis tries its description on the server, the examples of docs/api.md run as they
stand, and keys open what they should and nothing else.

    run.py --signet .build/debug/signet [--examples 25]
"""
import argparse
import csv
import hashlib
import io
import json
import os
import pathlib
import re
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[2]
INSTITUTION = "4137012391"
FAILURES = []


def check(what, holds, detail=""):
    print(("ok    " if holds else "FAIL  ") + what + (f": {detail}" if not holds and detail else ""))
    if not holds:
        FAILURES.append(what)


class Service:
    """A home, a server on it, and keys."""

    def __init__(self, signet, folder):
        self.signet, self.folder = signet, folder
        bin_folder = folder / "bin"
        bin_folder.mkdir()
        (bin_folder / "signet").symlink_to(signet)
        self.environment = dict(os.environ, SIGNET_HOME=str(folder / "home"), SIGNET_PASSPHRASE="api",
                                PATH=f"{bin_folder}:{os.environ['PATH']}")
        self.run("sample", "--out", folder / "sample", "--institution", INSTITUTION, "--candidates", "30")
        self.run("init", "--authority", "示例中心", "--host", "verify.example.org")
        self.run("registry", "import", "--folder", folder / "sample")
        self.run("keys", "create", INSTITUTION)
        self.run("trust", "publish")
        self.run("issue", folder / "sample" / "results" / f"{INSTITUTION}.csv", "--award-date", "2026-07-10", "--yes")
        text = (folder / "home/issued" / f"{INSTITUTION}.issued.csv").read_text("utf-8-sig")
        self.table = list(csv.reader(io.StringIO(text)))
        self.process = subprocess.Popen([signet, "serve", "--port", "0", "--receipts"], env=self.environment,
                                        stdout=subprocess.PIPE, stderr=open(folder / "log", "w"), text=True)
        self.url = self.process.stdout.readline().split()[-1]

    def run(self, *words):
        done = subprocess.run([self.signet, *map(str, words)], env=self.environment, capture_output=True, text=True)
        if done.returncode:
            raise SystemExit(f"{words}: {done.returncode}\n{done.stdout}{done.stderr}")
        return done.stdout

    def key(self, *words):
        return self.run("api-keys", "create", "--name", "test", *words).split()[-1]

    def ask(self, method, path, body=None, key=None, **headers):
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        if key:
            headers["Authorization"] = f"Bearer {key}"
        request = urllib.request.Request(self.url + path, data=body, method=method, headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return answer.status, answer.read(), answer.headers
        except urllib.error.HTTPError as error:
            return error.code, error.read(), error.headers

    def send(self, content, key=None, **headers):
        status, body, _ = self.ask("POST", "/v1/verifications", content, key, Content_Type="text/csv", **headers)
        return status, json.loads(body)

    def finished(self, job, key=None):
        for _ in range(600):
            status, body, _ = self.ask("GET", f"/v1/verifications/{job['id']}", key=key)
            if status != 200 or json.loads(body)["state"] in ("done", "failed"):
                return json.loads(body)
            time.sleep(0.1)
        raise SystemExit("a verification never ended")


def rows(*lines):
    out = io.StringIO()
    csv.writer(out).writerows(lines)
    return out.getvalue().encode()


def examples(service):
    """Every block of docs/api.md, in one shell, in order."""
    blocks = re.findall(r"^```sh\n(.*?)^```", (ROOT / "docs/api.md").read_text(), re.M | re.S)
    folder = service.folder / "examples"
    folder.mkdir()
    (folder / "hires.csv").write_bytes(rows(["name", "qr"], *[[row[2], row[-1]] for row in service.table[1:6]]))
    environment = dict(service.environment, SIGNET_URL=service.url, QR=service.table[1][-1],
                       KEY=service.key("--per-minute", "600"))
    done = subprocess.run(["sh", "-euc", "\n".join(blocks)], cwd=folder, env=environment, capture_output=True, text=True,
                          timeout=120)
    check(f"{len(blocks)} examples of docs/api.md run", done.returncode == 0 and len(blocks) >= 5,
          done.stdout[-500:] + done.stderr[-500:])
    verdicts = [line.split(",")[2] for line in (folder / "hires.checked.csv").read_text("utf-8-sig").splitlines()[1:]]
    check("and give what they say", verdicts == ["valid"] * 5, verdicts)
    service.run("receipt", "verify", folder / "hires.receipt.jwt", "--input", folder / "hires.csv", "--result",
                folder / "hires.checked.csv")


def keys(service):
    good, other = service.table[1], service.table[2]
    content = rows(["number", "name"], [good[1], good[2]], [other[1], "无此人"])
    plain, looking = service.key("--per-minute", "600"), service.key("--scope", "verify", "--scope", "lookup",
                                                                     "--per-minute", "600")
    for key, expected in ((None, ["needs-key", "needs-key"]), (plain, ["needs-key", "needs-key"]),
                          (looking, ["", "no-match"])):
        _, job = service.send(content, key)
        service.finished(job, key)
        status, body, headers = service.ask("GET", f"/v1/verifications/{job['id']}/result", key=key)
        found = list(csv.reader(io.StringIO(body.decode("utf-8-sig"))))
        got = [row[found[0].index("核验·原因 reason")] for row in found[1:]]
        check(f"numbers, {'with' if key else 'without'} a key: {expected[0] or 'found'}", got == expected, got)
        check("never stored by others", headers["Cache-Control"] == "no-store")
    for stranger in (None, plain):
        status, _, _ = service.ask("GET", f"/v1/verifications/{job['id']}/result", key=stranger)
        check("another's verification is not there", status == 404, status)
    status, body, _ = service.ask("POST", "/v1/verifications", content, "signet_guess", Content_Type="text/csv")
    check("a guessed key is refused", status == 401 and json.loads(body)["type"] == "/problems/invalid-key")
    line = json.loads(service.run("api-keys", "list", "--json").splitlines()[-1])
    new = service.run("api-keys", "rotate", line["id"], "--overlap", "2s").split()[-1]
    check("while both are good", all(service.send(content, key)[0] == 202 for key in (looking, new)))
    time.sleep(3)
    check("the old one ends", service.send(content, looking)[0] == 401 and service.send(content, new)[0] == 202)
    line = json.loads(service.run("api-keys", "list", "--json").splitlines()[-1])
    service.run("api-keys", "revoke", line["id"])
    check("a revoked one at once", service.send(content, new)[0] == 401)
    stored = (service.folder / "home/signet.sqlite").read_bytes() + (service.folder / "home/signet.sqlite-wal").read_bytes()
    check("no key is in the store", all(key.encode() not in stored for key in (plain, looking, new)))
    check("but their digests are (control)", hashlib.sha256(plain.encode()).digest() in stored)


def repeats(service):
    key, content = service.key("--per-minute", "6000"), rows(["qr"], [service.table[1][-1]])
    answers = []
    threads = [threading.Thread(target=lambda: answers.append(service.send(content, key, Idempotency_Key="once")))
               for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    check("eight at once under one key are one", {status for status, _ in answers} <= {202, 503} and
          len({job["id"] for status, job in answers if status == 202}) == 1, answers)
    check("another file is refused", service.send(content + b"\n1", key, Idempotency_Key="once")[0] == 422)
    first, second = (service.send(content, key)[1]["id"] for _ in range(2))
    check("without a key each is another (control)", first != second)
    codes = [service.send(content)[0] for _ in range(12)]
    check("strangers are limited", 429 in codes, codes)


def limits(service):
    key = service.key("--per-minute", "6000")
    status, job = service.send(rows(["qr"], *[["1"]] * 20_001), key)
    failed = service.finished(job, key)
    check("20,001 rows are too many", failed["problem"]["type"] == "/problems/too-many-rows", failed)
    status, problem = service.send(b"x" * ((32 << 20) + 1), key)
    check("32 MiB and a byte are too large", status == 413, problem)
    status, _ = service.send(b"\x00\x01", key)
    check("what is no file of rows is refused, not kept", status in (202, 415, 422))
    status, body, _ = service.ask("POST", "/v1/verifications", b"x", key, Content_Type="text/html")
    check("other kinds of body are refused", status == 415)
    table = [service.table[1 + i % (len(service.table) - 1)] for i in range(10_000)]
    start = time.monotonic()
    _, job = service.send(rows(["qr", "i"], *[[row[-1], i] for i, row in enumerate(table)]), key)
    done = service.finished(job, key)
    seconds = time.monotonic() - start
    check(f"10,000 rows in {seconds:.1f} s", done["verdicts"]["valid"] == 10_000 and seconds < 60, done)


def slow(service, count=500):
    """Threat 31: many clients that never get on do not keep others waiting."""
    host, port = service.url.removeprefix("http://").split(":")
    body = json.dumps({"seal": service.table[1][-1]}).encode()
    sockets = [socket.create_connection((host, int(port))) for _ in range(count)]
    for one in sockets:
        one.sendall(b"POST /v1/verify HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 900\r\n\r\n")
    times = []
    for i in range(200):
        for one in sockets[i::200]:
            one.sendall(b"x")
        start = time.monotonic()
        status, answer, _ = service.ask("POST", "/v1/verify", body, Content_Type="application/json")
        times.append(time.monotonic() - start)
        if status != 200 or b'"valid"' not in answer:
            break
    times.sort()
    check(f"beside {count} slow connections verify answers in {times[197] * 1000:.0f} ms (99 %)",
          len(times) == 200 and times[197] <= 0.5)
    for one in sockets:
        one.close()


def described(service, count):
    """Bounded: schemathesis would go on for as long as it may."""
    key = service.key("--per-minute", "6000")
    checks = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance"
    done = subprocess.run(
        ["schemathesis", "run", service.url + "/v1/openapi.json", "--checks", checks, "--max-examples", str(count),
         "--phases", "examples,coverage,fuzzing", "--seed", "1", "--workers", "2", "--generation-database", "none",
         "-H", f"Authorization: Bearer {key}", "--request-timeout", "20"],
        env=dict(service.environment, SCHEMATHESIS_HOOKS=str(ROOT / "Tests/Api/serializers.py")),
        cwd=service.folder, capture_output=True, text=True, timeout=1200)
    tail = done.stdout[-3000:]
    check("schemathesis finds the server as described, without a server error", done.returncode == 0, tail)
    if done.returncode == 0:
        print("      " + " · ".join(re.findall(r"(\d+ generated|Tested: \d+|Operations: .*)", done.stdout)))
    log = (service.folder / "log").read_text()
    check("nothing failed in the log", "request failed" not in log and "verification failed" not in log, log[-500:])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--signet", required=True, type=lambda text: str(pathlib.Path(text).resolve()))
    parser.add_argument("--examples", type=int, default=25)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="signet-api-") as name:
        service = Service(arguments.signet, pathlib.Path(name))
        try:
            examples(service)
            keys(service)
            limits(service)
            described(service, arguments.examples)
            slow(service)
            repeats(service)
        finally:
            service.process.terminate()
            code = service.process.wait(timeout=30)
        check("the server ends gracefully", code == 0, code)
    print(f"{len(FAILURES)} failures")
    sys.exit(1 if FAILURES else 0)


if __name__ == "__main__":
    main()
