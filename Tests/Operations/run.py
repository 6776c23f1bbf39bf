#!/usr/bin/env python3
"""Runs the commands of docs/operations.md between "Revoke, suspend, reinstate" and "Serving", as an administrator
would type them, each title's in a fresh copy of a small installation.

    python3 Tests/Operations/run.py --signet .build/debug/signet
"""
import argparse
import csv
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
INSTITUTION = "4137012391"
MODULE = "/usr/lib/softhsm/libsofthsm2.so"


def sections(text):
    """Each fenced block with the heading or bold words before it."""
    title, block, found = "", None, []
    for line in text[text.index("## Revoke, suspend, reinstate"):text.index("## Serving")].splitlines():
        if line == "```":
            if block is not None:
                found.append((title, block))
            block = [] if block is None else None
        elif block is not None:
            block.append(line)
        elif match := re.match(r"## (.+)|\*\*(.+?)\.\*\*", line):
            title = match[1] or match[2]
    return found


# What happens after a command without the administrator: a certificate comes to be that a restore loses.
MEANWHILE = {
    "signet backup --out backups/monday": f"""
        signet sample --out later --institution {INSTITUTION} --candidates 8 --seed 99 > later.txt
        signet issue later/results/{INSTITUTION}.csv --award-date 2026-07-10 --yes > later.txt
        tail -n 1 "$(ls -t signet-home/issued/*.issued.csv | head -n 1)" > lost.csv
        signet suspend $(cut -d, -f2 lost.csv) --reason under-investigation --note x""",
}


def shell(command, folder, environment):
    return subprocess.run(["/bin/sh", "-c", command], cwd=folder, env=environment, capture_output=True, text=True,
                          timeout=300)


def required(command, folder, environment):
    result = shell(command, folder, environment)
    if result.returncode != 0:
        raise SystemExit(f"$ {command}\nended with {result.returncode}:\n{result.stdout}{result.stderr}")
    return result.stdout


def installation(folder, environment):
    for command in (
        f"signet sample --out sample --institution {INSTITUTION} --candidates 60",
        'signet init --authority "Centre" --host verify.example.org',
        "signet registry import --folder sample",
        f"signet keys create {INSTITUTION}",
        "signet trust publish",
        f"signet issue sample/results/{INSTITUTION}.csv --award-date 2026-07-10 --yes",
        f"cut -d, -f2 signet-home/issued/{INSTITUTION}.issued.csv | sed -n 3,4p > withdrawn.csv",
        "echo operations > status.passphrase && chmod 600 status.passphrase",
        "mkdir tokens && echo directories.tokendir = $PWD/tokens > softhsm2.conf && mkdir backups",
    ):
        required(command, folder, environment)


def values(folder, environment):
    """What an administrator would read off the screen."""
    kids = [line.split()[1] for line in required("signet keys list", folder, environment).splitlines()
            if line.startswith(INSTITUTION)]
    with open(folder / f"signet-home/issued/{INSTITUTION}.issued.csv", encoding="utf-8-sig", newline="") as file:
        number = next(csv.DictReader(file))["证书编号"]
    first = environment.get("KID", kids[0])
    others = [kid for kid in kids if kid != first]
    return {"KID": first, "NEW_KID": others[0] if others else "", "NUMBER": number, "INSTITUTION": INSTITUTION,
            "THEFT": str(int(time.time())), "LOST": "lost.csv"}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--signet", required=True)
    signet = pathlib.Path(parser.parse_args().signet).resolve()
    base = dict(os.environ, PATH=f"{signet.parent}:{os.environ['PATH']}", SIGNET_PASSPHRASE="operations",
                SIGNET_HSM_PIN="1234", LC_ALL="C.UTF-8")
    blocks = sections((ROOT / "docs/operations.md").read_text())
    if len(blocks) < 8:
        raise SystemExit(f"only {len(blocks)} blocks of commands were found in docs/operations.md")
    work = pathlib.Path(tempfile.mkdtemp(prefix="signet-operations-"))
    try:
        fresh = work / "fresh"
        fresh.mkdir()
        installation(fresh, base)
        count, last = 0, None
        for title, block in blocks:
            if title != last:
                folder = work / f"section-{count}"
                shutil.copytree(fresh, folder)
            last = title
            environment = dict(base, SOFTHSM2_CONF=str(folder / "softhsm2.conf"))
            if any("--hsm" in command for command in block):
                (folder / "softhsm2.conf").write_text(f"directories.tokendir = {folder}/tokens\n")
                required("softhsm2-util --init-token --free --label signet --so-pin 5678 --pin 1234", folder, environment)
                required(f"pkcs11-tool --module {MODULE} --token-label signet --pin 1234 --keypairgen "
                         "--key-type EC:prime256v1 --label a --id 01", folder, environment)
            time.sleep(1.1)
            for command in block:
                environment.update(values(folder, environment))
                required(command, folder, environment)
                if command in MEANWHILE:
                    required(MEANWHILE[command], folder, environment)
                count += 1
            print(f"{title}: {len(block)} commands", flush=True)
        # The control: a command that is wrong is noticed.
        if shell("signet keys retire 0000000000000000 --reason x", fresh, base).returncode == 0:
            raise SystemExit("the control failed: a wrong command went through")
        print(f"{count} commands of docs/operations.md did what it says")
    finally:
        shutil.rmtree(work, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
