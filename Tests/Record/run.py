#!/usr/bin/env python3
"""What was recorded and what was seen is not forgotten: acts of many holders at once, a server started again with older
lists, checkpoints by the hundred thousand.

Usage: run.py --signet PATH [--lines N]
"""
import argparse
import base64
import concurrent.futures
import json
import os
import pathlib
import shutil
import sqlite3
import subprocess
import sys
import tempfile

sys.path[:0] = [str(pathlib.Path(__file__).resolve().parents[1] / name) for name in ("Api", "Support")]
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey  # noqa: E402

from home import FAILURES, check  # noqa: E402
from service import Service  # noqa: E402

HOLDERS, SHARES = 14, 12


def together(service):
    """Each act is stored, covered by a signed checkpoint and answered; that none is without the lock, LossTests shows."""
    sessions = [service.claimed()[1] for _ in range(HOLDERS)]
    lines = len(checkpoints(service).read_text().splitlines())
    wishes = [(session, n) for n in range(SHARES) for session in sessions]
    with concurrent.futures.ThreadPoolExecutor(len(wishes)) as pool:
        answers = list(pool.map(lambda wish: share(service, *wish), wishes))
    made = [json.loads(body)["code"] for status, body in answers if 200 <= status < 300]
    check(f"{len(wishes)} shares at once are all answered", len(made) == len(wishes), [status for status, _ in answers])
    stored = service.run("audit", "list", "--last", len(wishes), "--json").count("share-create")
    check("and all in the record", stored == len(wishes), stored)
    signed = len(checkpoints(service).read_text().splitlines()) - lines
    check(f"under fewer signatures than acts ({signed})", 0 < signed < len(wishes), signed)
    service.run("audit", "verify")
    check("which holds", True)


def share(service, session, n):
    status, body, _ = service.post("/v1/holder/shares", {"label": f"{n}", "days": 1, "scores": False, "photo": False},
                                   session, client=f"198.51.100.{n}")
    return status, body


def checkpoints(service):
    return service.folder / "home/audit/checkpoints"


def cut(service):
    """An older database under a running server: acts are refused in words until the newest is back."""
    session = service.claimed()[1]

    def act(n):
        status, body, _ = service.post("/v1/holder/shares", {"label": f"cut {n}", "days": 1, "scores": False,
                                       "photo": False}, session, client=f"198.51.100.{n}")
        return status, json.loads(body).get("type")

    def logged():
        return (service.folder / "log").read_text().count("acts are refused")

    check("the control: a whole record, and acts are taken", act(1)[0] == 200 and service.ask("GET", "/readyz")[0] == 200)
    shares = service.run("audit", "list").count("share-create")
    check("the record is in order", service.metric("signet_record_in_order") == 1)
    database = sqlite3.connect(service.folder / "home/signet.sqlite", timeout=30)
    trigger = database.execute("SELECT sql FROM sqlite_schema WHERE name = 'audit_is_not_cut'").fetchone()[0]
    columns = len(database.execute("PRAGMA table_info(audit)").fetchall())
    last = database.execute("SELECT * FROM audit ORDER BY sequence DESC LIMIT 1").fetchone()
    with database:
        database.execute("DROP TRIGGER audit_is_not_cut")
        database.execute("DELETE FROM audit WHERE sequence = (SELECT max(sequence) FROM audit)")
    refused = [act(n) for n in range(2, 7)]
    check("of a cut record each act is refused in words", set(refused) == {(503, "/problems/not-recorded")}, refused)
    status, body, _ = service.ask("GET", f"/v1/documents/{service.table[1][1]}", key=service.office)
    check("a download, too, with what an administrator must do", status == 503 and b"last published checkpoint" in body, body)
    status, body, _ = service.ask("GET", "/v1/batches/1/documents.zip", key=service.office)
    check("and one of a batch", status == 503, body)
    status, body, _ = service.ask("GET", "/readyz")
    check("which is not ready, and says why", status == 503 and b"behind its checkpoint" in body, body)
    check("the metrics count it", service.metric("signet_record_in_order") == 0
          and service.metric("signet_record_refused_total") == 7, service.metric("signet_record_refused_total"))
    check("the log says it once", logged() == 1, logged())
    check("seals are verified meanwhile", service.post("/v1/verify", {"seal": service.table[1][-1]})[0] == 200)
    with database:
        database.execute(f"INSERT INTO audit VALUES ({','.join('?' * columns)})", last)
        database.execute(trigger)
    check("with the newest back it goes on by itself", act(7)[0] == 200 and service.ask("GET", "/readyz")[0] == 200)
    made = service.run("audit", "list").count("share-create") - shares
    check("and nothing was written meanwhile", made == 1, made)
    with database:
        database.execute("INSERT INTO grdb_migrations VALUES ('99 later')")
    check("a database that a newer version has changed: refused", act(8) == (503, "/problems/not-recorded"))
    check("in its own words", b"newer Signet" in service.ask("GET", "/readyz")[1])
    with database:
        database.execute("DELETE FROM grdb_migrations WHERE identifier = '99 later'")
    database.close()
    check("and taken without", act(9)[0] == 200)
    service.run("audit", "verify")
    check("the record holds", True)


def downloads(service):
    """Looks are counted: many of them are one act, which is written at the latest when the server ends."""
    before = len(service.run("audit", "list").splitlines())
    number = service.table[1][1]
    answers = {service.ask("GET", f"/v1/documents/{number}", key=service.office)[0] for _ in range(6)}
    check("a document is fetched six times", answers == {200}, answers)
    check("without an act for each", len(service.run("audit", "list").splitlines()) - before < 6)
    service.process.terminate()
    service.process.wait()
    last = json.loads(service.run("audit", "list", "--last", "1", "--json"))
    check("but with one that has the count", last["act"] == "documents-download" and last["subject"]["documents"] == 6, last)
    service.run("audit", "verify")


def served(service, *words):
    """What a server says of the first certificate, and whether it is ready."""
    process = subprocess.Popen([service.signet, "serve", "--port", "0", *map(str, words)], env=service.environment,
                               stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        service.url = process.stdout.readline().split()[-1]
        verdict = json.loads(service.post("/v1/verify", {"seal": service.table[1][-1]})[1])
        return verdict["verdict"], verdict.get("reason")
    finally:
        process.terminate()
        process.wait()


def restarted(service):
    """Older lists are put in place while the server is down."""
    home, old = service.folder / "home", service.folder / "old"
    for part in ("status", "trust"):
        shutil.copytree(home / part, old / part)
    alone = ["--root", home / "keys/root.pub.pem", "--trust", home / "trust/trust-list.jws", "--status", home / "status"]
    # A server without a home, whose memory is a file; and one that has never seen anything.
    seeing, fresh = alone + ["--seen", service.folder / "seen.json"], alone + ["--seen", service.folder / "fresh/seen.json"]
    service.run("revoke", service.table[1][1], "--reason", "misconduct", "--note", "x")
    check("revoked: with a store", served(service) == ("not-valid", "revoked"))
    check("revoked: without", served(service, *seeing) == ("not-valid", "revoked"))

    def put(part):
        shutil.copytree(old / part, home / part, dirs_exist_ok=True)

    rolled_back = ("could-not-check", "status-list-rolled-back")
    new = service.folder / "new"
    shutil.copytree(home / "status", new / "status")
    put("status")
    check("an older status list after a restart: with a store", served(service) == rolled_back, served(service))
    check("without, by its own memory", served(service, *seeing) == rolled_back, served(service, *seeing))
    check("the control: a server that has seen nothing believes it", served(service, *fresh) == ("valid", None))
    result = subprocess.run([service.signet, "audit", "verify"], env=service.environment, capture_output=True, text=True)
    check("audit verify finds it", result.returncode == 76 and "status/1.jwt" in result.stderr, result.stderr)
    shutil.copytree(new / "status", home / "status", dirs_exist_ok=True)

    service.run("trust", "publish")
    shutil.copytree(home / "trust", new / "trust")
    check("with both in place again", served(service, *seeing) == ("not-valid", "revoked"))
    put("trust")
    rolled_back = ("could-not-check", "trust-list-rolled-back")
    check("an older trust list after a restart: with a store", served(service) == rolled_back, served(service))
    check("without, by its own memory", served(service, *seeing) == rolled_back, served(service, *seeing))
    fresh[-1] = service.folder / "fresher/seen.json"
    check("the control: a server that has seen nothing believes it", served(service, *fresh) == ("not-valid", "revoked"))
    shutil.copytree(new / "trust", home / "trust", dirs_exist_ok=True)
    service.run("status", "publish")
    put("trust")
    fresh[-1] = service.folder / "freshest/seen.json"
    check("but not beside a status list that goes with the newer", served(service, *fresh) == rolled_back)
    shutil.copytree(new / "trust", home / "trust", dirs_exist_ok=True)


def growth(service, few, many):
    """Checkpoints of years: read as a stream, however many there are, then folded."""
    path = checkpoints(service)
    add_lines(service, path, few)
    before = peak(service, "audit", "verify")
    check(f"{few:,} checkpoints are folded", path.stat().st_size < few, path.stat().st_size)
    add_lines(service, path, many)
    size = path.stat().st_size
    kid = service.run("keys", "list").split()[1]
    service.run("keys", "compromise", kid, "--since", "2026-01-01", "--reason", "stolen")
    check(f"a key is declared stolen beside {many:,} checkpoints", True)
    after = peak(service, "audit", "verify")
    words = f"{after / before:.2f} times the memory of {few:,}"
    check(f"verifying {many:,} takes {words}", after / before < 1.1, words)
    # The control: were they read whole, as once, this would be seen.
    words = f"{(before + size) / before:.2f}"
    check(f"where the file alone would make it {words} times", (before + size) / before > 1.15, words)
    check("and folded", path.stat().st_size < size / 100, path.stat().st_size)
    service.run("audit", "verify")
    check("which still verifies", True)


def add_lines(service, path, count):
    newest = json.loads(base64url(service.folder.joinpath("home/audit/checkpoint").read_text().split(".")[1]))
    del newest["marks"]
    key = Ed25519PrivateKey.from_private_bytes((service.folder / "home/audit/audit.key").read_bytes())
    header = path.read_text().split(".")[0]
    with open(path, "a") as file:
        for n in range(count):
            line = f"{header}.{text64(json.dumps({**newest, 'time': newest['time'] + n}, sort_keys=True).encode())}"
            file.write(f"{line}.{text64(key.sign(line.encode()))}\n")


def base64url(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def text64(data):
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def peak(service, *words):
    """Bytes of memory that a command took at most."""
    process = subprocess.Popen([service.signet, *words], env=service.environment, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{words} ended with {process.returncode}")
    return usage.ru_maxrss * 1024


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--signet", required=True)
    parser.add_argument("--lines", type=int, default=80_000)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="signet-record-") as folder:
        service = Service(os.path.abspath(arguments.signet), pathlib.Path(folder))
        try:
            together(service)
            cut(service)
            downloads(service)
            restarted(service)
            growth(service, arguments.lines // 4, arguments.lines)
        finally:
            if service.process.poll() is None:
                service.process.kill()
    sys.exit(1 if FAILURES else 0)


if __name__ == "__main__":
    main()
