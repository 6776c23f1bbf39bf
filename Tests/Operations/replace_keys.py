#!/usr/bin/env python3
"""Kills `signet keys replace-status` and `replace-receipt` with SIGKILL before each of their steps, and runs them again.

After a kill no verdict is wrong, though it may be "could not check"; in the end exactly one new key is in force, what is
published is signed with it, and no sequence or time went back.

    replace_keys.py --signet .build/debug/signet [--every 1]
"""
import argparse
import base64
import csv
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

INSTITUTION = "4137012391"
HERE = pathlib.Path(__file__).resolve().parent


def part(jws, index):
    text = jws.split(".")[index]
    return json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))


class Place:
    """A folder with a home in it, and the memory of one who verifies."""

    def __init__(self, signet, folder):
        self.signet, self.folder, self.home = signet, folder, folder / "home"
        self.environment = dict(os.environ, SIGNET_HOME=str(self.home), SIGNET_PASSPHRASE="replace",
                                XDG_STATE_HOME=str(folder / "state"), SWIFT_BACKTRACE="enable=no")

    def call(self, *words, **more):
        return subprocess.run([self.signet, *map(str, words)], capture_output=True, text=True, timeout=300,
                              env=dict(self.environment, **more))

    def run(self, *words):
        result = self.call(*words)
        if result.returncode != 0:
            raise SystemExit(f"signet {' '.join(map(str, words))} ended with {result.returncode}:\n{result.stderr}")
        return result.stdout

    def fill(self):
        self.run("sample", "--out", self.folder / "sample", "--institution", INSTITUTION, "--candidates", "12")
        self.run("init", "--authority", "Centre", "--host", "verify.example.org")
        self.run("registry", "import", "--folder", self.folder / "sample")
        self.run("keys", "create", INSTITUTION)
        self.run("trust", "publish")
        self.run("issue", self.folder / f"sample/results/{INSTITUTION}.csv", "--award-date", "2026-07-10", "--yes")
        issued = self.home / f"issued/{INSTITUTION}.issued.csv"
        with open(issued, encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        (self.folder / "seals.txt").write_text("".join(row["二维码内容"] + "\n" for row in rows))
        self.run("revoke", rows[0]["证书编号"], "--reason", "misconduct", "--note", "x")
        self.run("suspend", rows[1]["证书编号"], "--reason", "under-investigation", "--note", "x")
        self.receipt("old.jwt")
        self.verdicts()

    def receipt(self, name):
        self.call("verify", self.folder / "seals.txt", "--out", self.folder / "checked.csv", "--receipt",
                  self.folder / name)

    def copy(self, name):
        place = Place(self.signet, self.folder.parent / name)
        shutil.copytree(self.folder, place.folder)
        return place

    def verdicts(self):
        """Of each certificate the verdict and its reason."""
        lines = self.call("verify", self.folder / "seals.txt", "--json").stdout.splitlines()
        return [(line["verdict"], line.get("reason")) for line in map(json.loads, lines)]

    def trust(self):
        return part((self.home / "trust/trust-list.jws").read_text(), 1)

    def times(self):
        """What must never go back."""
        return self.trust()["sequence"], part((self.home / "status/1.jwt").read_text(), 1)["iat"]

    def keys(self, service):
        return {key["kid"]: key["state"] for key in self.trust()[f"{service}_keys"]}

    def is_under_way(self, service):
        return (self.home / f"keys/{service}.next.pub.pem").exists()


class Case:
    def __init__(self, fresh, service, state):
        self.fresh, self.service, self.state = fresh, service, state
        self.command = ["keys", f"replace-{service}", "--reason", "drill",
                        *(["--compromised"] if state == "compromised" else [])]
        (self.old,) = fresh.keys(service)
        self.right = fresh.verdicts()
        self.public = (fresh.home / f"keys/{service}.pub.pem").read_text()

    def wrong_verdicts(self, place):
        """Not knowing is never wrong, a status that is not the certificate's always is."""
        found = place.verdicts()
        unknown = sum(verdict == "could-not-check" for verdict, _ in found)
        wrong = [pair for pair, right in zip(found, self.right, strict=False) if pair != right and pair[0] != "could-not-check"]
        return len(wrong) + abs(len(found) - len(self.right)), unknown

    def problems(self, place, since):
        """What is not as the finished command leaves it."""
        found = []
        states = place.keys(self.service)
        active = [kid for kid, state in states.items() if state == "active"]
        if len(active) != 1 or active == [self.old] or states[self.old] != self.state or len(states) != 2:
            found.append(f"the trust list has {states}")
        names = sorted(path.name for path in (place.home / "keys").iterdir() if path.name.startswith(self.service))
        if names != [f"{self.service}.key", f"{self.service}.pub.pem"]:
            found.append(f"keys/ has {names}")
        if self.service == "status" and part((place.home / "status/1.jwt").read_text(), 0)["kid"] not in active:
            found.append("the status list is not signed with the new key")
        if any(now < before for now, before in zip(place.times(), since, strict=True)) or place.times()[0] == since[0]:
            found.append(f"sequence and time were {since}, and are {place.times()}")
        wrong, unknown = self.wrong_verdicts(place)
        if wrong or unknown:
            found.append(f"{wrong} wrong verdicts, {unknown} could not be checked")
        acts = [json.loads(line) for line in place.run("audit", "list", "--json").splitlines()]
        purpose = {"status": "status lists", "receipt": "receipts"}[self.service]
        if [{"key": kid, "purpose": purpose} for kid in active] != [
                act["subject"] for act in acts if act["act"] == "key-create" and act["subject"]["key"] in active]:
            found.append("the record of acts does not say once that the key was made")
        old = place.call("receipt", "verify", place.folder / "old.jwt").returncode
        if old != (1 if (self.service, self.state) == ("receipt", "compromised") else 0):
            found.append(f"the old receipt's check ended with {old}")
        return found

    def finish(self, place, since):
        """What holds after the same command, and whether the new key does sign."""
        found = self.problems(place, since)
        for words in (["audit", "verify"], ["status", "publish"]):
            if (result := place.call(*words)).returncode != 0:
                found.append(f"signet {' '.join(words)}: {result.stderr.strip()}")
        place.receipt("new.jwt")
        if place.call("receipt", "verify", place.folder / "new.jwt").returncode != 0:
            found.append("a new receipt is not right")
        return found

    def run(self, shim, every):
        failures, lacking, unchecked, step, kills = [], 0, 0, 1, 0
        while True:
            place = self.fresh.copy("killed")
            since = place.times()
            killed = place.call(*self.command, LD_PRELOAD=str(shim), KILL_BEFORE=str(step))
            if killed.returncode >= 0:
                failures += [f"not killed: {text}" for text in self.finish(place, since)]
                shutil.rmtree(place.folder)
                break
            kills += 1
            wrong, unknown = self.wrong_verdicts(place)
            if wrong or place.times() < since:
                failures.append(f"killed before step {step}: {wrong} wrong verdicts, times {since}, {place.times()}")
            unchecked += unknown
            if self.problems(place, since):
                lacking += 1
                since = place.times()
                place.run(*self.command)
            failures += [f"killed before step {step}, run again: {text}" for text in self.finish(place, since)]
            shutil.rmtree(place.folder)
            step += every
        name = " ".join(self.command[1:2] + self.command[4:])
        print(f"{name}: killed before {kills} of about {step - 1} steps, {lacking} times before it was done, "
              f"{unchecked} verdicts not known in between: {len(failures)} failures", flush=True)
        # The controls: what a kill leaves half done is seen as such, and so is what a thief of the status key causes.
        if lacking < kills // 2:
            raise SystemExit("the control failed: half-done replacements were taken for done")
        if (self.service, self.state) == ("status", "compromised") and every == 1 and not unchecked:
            raise SystemExit("the control failed: lists by a compromised key were believed")
        return failures


def control(fresh):
    """A home in which a list that says nothing is put back has wrong verdicts, or an older sequence."""
    case = Case(fresh, "status", "retired")
    place = fresh.copy("control")
    since = place.times()
    place.run(*case.command)
    for path in ("trust/trust-list.jws", "status/1.jwt"):
        kept = (place.home / path).read_bytes()
        shutil.copy(fresh.home / path, place.home / path)
        if not case.problems(place, since):
            raise SystemExit(f"the control failed: an older {path} was not noticed")
        (place.home / path).write_bytes(kept)
    if case.problems(place, since):
        raise SystemExit("the control failed: a whole home was not taken for one")
    case.right[0] = ("valid", None)
    if case.wrong_verdicts(place)[0] != 1:
        raise SystemExit("the control failed: a wrong verdict was not counted")
    shutil.rmtree(place.folder)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--signet", required=True)
    parser.add_argument("--every", type=int, default=1, help="kill before each n-th step only")
    arguments = parser.parse_args()
    work = pathlib.Path(tempfile.mkdtemp(prefix="signet-replace-"))
    try:
        shim = work / "kill_before.so"
        subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-o", shim, HERE / "kill_before.c", "-ldl"], check=True)
        (work / "fresh").mkdir()
        fresh = Place(os.path.abspath(arguments.signet), work / "fresh")
        fresh.fill()
        control(fresh)
        failures = []
        for service in ("status", "receipt"):
            for state in ("retired", "compromised"):
                failures += Case(fresh, service, state).run(shim, arguments.every)
        for failure in failures:
            print("  " + failure)
        sys.exit(1 if failures else 0)
    finally:
        shutil.rmtree(work, ignore_errors=True)


if __name__ == "__main__":
    main()
