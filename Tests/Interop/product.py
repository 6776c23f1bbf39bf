"""The command line under test, in a home of its own."""

import csv
import json
import os
import pathlib
import subprocess

AWARD_DATE = "2026-07-10"


class Product:
    """Three institutions of a sample, each with a key of another algorithm, and their certificates."""

    ALGORITHMS = {"4137012391": "ES256", "4137011067": "EdDSA", "4137013008": "SM2"}

    def __init__(self, signet, folder):
        self.signet = os.path.abspath(signet)
        self.folder = pathlib.Path(folder)
        self.home = self.folder / "home"
        sample = self.folder / "sample"
        self.run("sample", "--out", sample, "--candidates", 260)
        self.run("init", "--authority", "互操作测试中心", "--host", "verify.example.org")
        self.run("registry", "import", "--folder", sample)
        for institution, algorithm in self.ALGORITHMS.items():
            self.run("keys", "create", institution, "--algorithm", algorithm)
        self.run("trust", "publish")
        sheets = [sample / "results" / f"{institution}.csv" for institution in self.ALGORITHMS]
        self.run("issue", *sheets, "--award-date", AWARD_DATE, "--yes")

    def call(self, *arguments):
        environment = dict(os.environ, SIGNET_HOME=str(self.home), SIGNET_PASSPHRASE="interop")
        return subprocess.run(
            [self.signet, *map(str, arguments)], env=environment, capture_output=True, text=True, timeout=300)

    def run(self, *arguments):
        result = self.call(*arguments)
        if result.returncode != 0:
            raise SystemExit(f"signet {' '.join(map(str, arguments[:2]))}: {result.returncode}: {result.stderr}")
        return result.stdout

    def issued(self, institution):
        path = self.home / "issued" / f"{institution}.issued.csv"
        with open(path, encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))

    def keys(self):
        """Public keys by institution: kid, PEM and JWK as exported."""
        keys = {}
        for line in self.run("keys", "list", "--json").splitlines():
            entry = json.loads(line)
            pem = self.run("keys", "export", entry["kid"])
            jwk = json.loads(self.run("keys", "export", entry["kid"], "--format", "jwk"))
            keys[entry["institution"]] = (entry["kid"], pem, jwk)
        return keys

    def verify(self, text, trust, root):
        """Verdict, reason and exit code of one text under files of ours."""
        result = self.call("verify", "--json", "--trust", trust, "--root", root, "--", text)
        verdict = json.loads(result.stdout.splitlines()[0])
        return verdict["verdict"], verdict.get("reason"), result.returncode
