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
import pathlib
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "Support"))
import holders  # noqa: E402
from described import described  # noqa: E402
from home import FAILURES, check  # noqa: E402
from service import ROOT, Service, rows  # noqa: E402


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
    new = service.run("api-keys", "rotate", line["id"], "--overlap", "10s").split()[-1]
    check("while both are good", all(service.send(content, key)[0] == 202 for key in (looking, new)))
    for _ in range(60):
        if service.ask("GET", "/v1/verifications/none", key=looking)[0] == 401:
            break
        time.sleep(1)
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
               for _ in range(32)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    check("32 at once under one key are one", {status for status, _ in answers} <= {202, 503} and
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
    _, job = service.send(rows(["qr", "i"], *[[row[-1], i] for i, row in enumerate(table)]), key)
    done = service.finished(job, key)
    check("10,000 rows are answered", done["verdicts"]["valid"] == 10_000, done)


def slow(service, count=500):
    """Threat 31: many clients that never get on do not keep others waiting."""
    host, port = service.url.removeprefix("http://").split(":")
    body = json.dumps({"seal": service.table[1][-1]}).encode()

    def asked():
        start = time.monotonic()
        status, answer, _ = service.ask("POST", "/v1/verify", body, Content_Type="application/json")
        return status == 200 and b'"valid"' in answer, time.monotonic() - start

    alone = [asked() for _ in range(200)]
    sockets = [socket.create_connection((host, int(port))) for _ in range(count)]
    for one in sockets:
        one.sendall(b"POST /v1/verify HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 900\r\n\r\n")
    beside = []
    for i in range(200):
        for one in sockets[i::200]:
            one.sendall(b"x")
        beside.append(asked())
    check(f"beside {count} slow connections all are answered", all(right for right, _ in alone + beside))
    # The control is the same server without them: a server that waited for them would take many times as long.
    ratio = statistics.median(took for _, took in beside) / statistics.median(took for _, took in alone)
    check(f"in {ratio:.1f} times the time without them", ratio < 10)
    for one in sockets:
        one.close()


def killed(service):
    """What a killed server leaves behind is removed by the next, and what a living one has is not."""
    folder = service.folder / "tmp"
    folder.mkdir()

    def start():
        process = subprocess.Popen([service.signet, "serve", "--port", "0"], stdout=subprocess.PIPE, text=True,
                                   env=dict(service.environment, TMPDIR=str(folder)), stderr=subprocess.DEVNULL)
        process.stdout.readline()
        return process

    def folders():
        return sorted(path.name for path in folder.iterdir())

    first = start()
    left = folders()
    (folder / left[0] / "x.in").write_text("rows")
    second = start()
    check("a living server's files stay (control)", set(left) < set(folders()) and (folder / left[0] / "x.in").exists())
    first.kill()
    first.wait()
    third = start()
    check("a killed server's files go", left[0] not in folders() and len(folders()) == 2, folders())
    for process in (second, third):
        process.terminate()
        process.wait(timeout=30)
    check("and none stays at the end", folders() == [], folders())


def complete():
    """No route is without its description."""
    sources = "".join(path.read_text() for path in (ROOT / "Sources/SignetServer").rglob("*.swift"))
    sources = sources.replace("\\(path)", "/v1/verifications")
    routes = {(method, re.sub(r":(\w+)", r"{\1}", path)) for method, path in
              re.findall(r"""router\.(get|post|delete|put|patch)\("(/v1/[^"]+)"\)""", sources)}
    paths = json.loads((ROOT / "Sources/SignetServer/Resources/openapi.json").read_text())["paths"]
    described = {(method, path) for path, item in paths.items() for method in item if method != "parameters"}
    check(f"all {len(routes)} routes are described", routes == described and len(routes) >= 13, routes ^ described)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--signet", required=True, type=lambda text: str(pathlib.Path(text).resolve()))
    parser.add_argument("--examples", type=int, default=25)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="signet-api-") as name:
        service = Service(arguments.signet, pathlib.Path(name))
        try:
            complete()
            examples(service)
            keys(service)
            limits(service)
            described(service, arguments.examples)
            holders.guesses(service)
            holders.recorded(service)
            holders.crowd(service)
            slow(service)
            killed(service)
            repeats(service)
        finally:
            service.process.terminate()
            code = service.process.wait(timeout=30)
        check("the server ends gracefully", code == 0, code)
    print(f"{len(FAILURES)} failures")
    sys.exit(1 if FAILURES else 0)


if __name__ == "__main__":
    main()
