#!/usr/bin/env python3
"""Kills the process that carries out jobs with SIGKILL at random moments, and starts it again: each job ends once, with its
whole file, and no certificate has two first prints in it.

    Tests/Operations/jobs.py --signet .build/debug/signet [--kills 12] [--rows 120] [--seed 1]
"""
import argparse
import contextlib
import os
import pathlib
import random
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time

INSTITUTION = "4137012391"
KINDS = ["documents", "issued-list", "ledger", "ledger-workbook", "labels"]
# What encryption adds to each piece: a nonce and a tag.
OVERHEAD = 12 + 16
PIECE = 1 << 20
# For all jobs without a kill, on a slow machine.
LONGEST = 300


class Home:
    def __init__(self, signet, folder, rows):
        self.signet = os.path.abspath(signet)
        self.path = f"{folder}/home"
        self.environment = {**os.environ, "SIGNET_PASSPHRASE": "drill", "SIGNET_HOME": self.path}
        sample = pathlib.Path(folder, "sample")
        self.run("sample", "--out", sample, "--institution", INSTITUTION, "--candidates", rows)
        self.run("init", "--authority", "Drill", "--host", "verify.example.org")
        self.run("registry", "import", "--institutions", sample / "institutions.csv", "--filings", sample / "filings.csv")
        self.run("keys", "create", INSTITUTION)
        self.run("keys", "certify", INSTITUTION)
        self.run("trust", "publish")
        self.run("issue", sample / "results" / f"{INSTITUTION}.csv", "--award-date", "2026-07-10", "--yes")

    def run(self, *arguments):
        done = subprocess.run([self.signet, *map(str, arguments)], env=self.environment, capture_output=True, text=True,
                              timeout=600)
        if done.returncode != 0:
            raise SystemExit(f"signet {arguments[0]} ended with {done.returncode}: {done.stderr}")

    def start(self):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        server = subprocess.Popen([self.signet, "portal", "--with-signer", "--port", str(port)], env=self.environment,
                                  stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        if "listening" not in server.stdout.readline():
            raise SystemExit("the portal did not start")
        return server

    @contextlib.contextmanager
    def store(self):
        store = sqlite3.connect(f"{self.path}/signet.sqlite", timeout=30)
        try:
            with store:
                yield store
        finally:
            store.close()

    def ask(self, kinds):
        with self.store() as store:
            for kind in kinds:
                store.execute(
                    "INSERT INTO job (kind, subject, institution, key, parameters, asked_at, state, done, total, tries, problem,"
                    " changed_at) VALUES (?, 'batch 1', ?, ?, x'', 0, 'queued', 0, 0, 0, '', 0)",
                    (kind, INSTITUTION, f"{kind} batch 1"))

    def let_a_minute_pass(self):
        """By ending the leases: whoever was killed holds them for a minute."""
        with self.store() as store:
            store.execute("UPDATE lease SET ends_at = 0")

    def states(self):
        with self.store() as store:
            return [state for state, in store.execute("SELECT state FROM job")]


def problems(store):
    """What is wrong with how the jobs ended."""
    found = []
    for job, kind, state, byte_count, piece_count in store.execute(
            "SELECT id, kind, state, byte_count, piece_count FROM job"):
        pieces = store.execute("SELECT position, length(piece) FROM job_piece WHERE job = ? ORDER BY position",
                               (job,)).fetchall()
        if state != "done":
            found.append(f"{kind} is {state}")
            continue
        if [position for position, _ in pieces] != list(range(piece_count)):
            found.append(f"{kind} has the pieces {pieces}")
        if sum(length - OVERHEAD for _, length in pieces) != byte_count:
            found.append(f"{kind} has another size than {byte_count}")
        if any(length != PIECE + OVERHEAD for _, length in pieces[:-1]):
            found.append(f"{kind} has a short piece in between")
    if store.execute("SELECT count(*) FROM job").fetchone()[0] != len(KINDS):
        found.append("jobs were lost")
    prints, certificates = [store.execute(query).fetchone()[0] for query in
                            ("SELECT count(DISTINCT certificate) FROM document_print", "SELECT count(*) FROM certificate")]
    if prints != certificates:
        found.append(f"{prints} of {certificates} certificates were printed")
    return found


def controls(home):
    """A copy that lacks a piece, and one in which a job still runs, are found."""
    for damage in ("DELETE FROM job_piece WHERE position = 0 AND job = 1", "UPDATE job SET state = 'running' WHERE id = 2"):
        with home.store() as store:
            copy = sqlite3.connect(":memory:")
            store.backup(copy)
        copy.execute(damage)
        if not problems(copy):
            raise SystemExit(f"the control passed: {damage}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--signet", required=True)
    parser.add_argument("--kills", type=int, default=12)
    parser.add_argument("--rows", type=int, default=120)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    chance = random.Random(arguments.seed)
    with tempfile.TemporaryDirectory(prefix="signet-jobs-drill-") as folder:
        home = Home(arguments.signet, folder, arguments.rows)
        home.ask(KINDS)
        kills = 0
        server = home.start()
        try:
            # So often within the work, as long as there is some.
            while kills < arguments.kills and set(home.states()) & {"queued", "running"}:
                time.sleep(chance.uniform(0.1, 1.5))
                server.kill()
                server.wait()
                kills += 1
                home.let_a_minute_pass()
                server = home.start()
            end = time.monotonic() + LONGEST
            while set(home.states()) & {"queued", "running"} and time.monotonic() < end:
                time.sleep(0.2)
        finally:
            server.terminate()
            server.wait(timeout=60)
        with home.store() as store:
            found = problems(store)
            tries = store.execute("SELECT sum(tries) FROM job").fetchone()[0]
        if found:
            raise SystemExit("\n".join(found))
        controls(home)
        left = os.listdir(f"{home.path}/jobs")
        if left:
            raise SystemExit(f"folders are left: {left}")
        print(f"ok   {len(KINDS)} jobs ended once each, in {tries} tries, after {kills} kills")


if __name__ == "__main__":
    sys.exit(main())
