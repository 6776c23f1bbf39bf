#!/usr/bin/env python3
"""The systemd units of docs/operations.md and docs/portal.md: systemd knows each of their options, and finds little that they
leave open.

Usage: unit.py --signet PATH
"""
import argparse
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "Tests/Support"))
from home import FAILURES, check  # noqa: E402


def blocks(page):
    return re.findall(r"^```ini\n(.*?)^```", (ROOT / "docs" / page).read_text(), re.M | re.S)


def units():
    """By their names, those of the portal with the drop-in of both."""
    service = blocks("operations.md")[0]
    hardened = re.search(r"^UMask=.*^SystemCallFilter=[^\n]*\n", service, re.M | re.S)[0]
    yield "signet.service", service
    for name, text in zip(("signet-portal.service", "signet-signer.service"), blocks("portal.md"), strict=True):
        yield name, text.replace("\n[Install]", hardened + "\n[Install]")


def complaints(folder, text):
    """What systemd says of a unit, but for the units of this machine."""
    unit = folder / "signet.service"
    unit.write_text(text)
    done = subprocess.run(["systemd-analyze", "verify", "--man=no", unit], capture_output=True, text=True)
    return [line for line in done.stderr.splitlines() if "signet.service" in line]


def exposure(folder):
    done = subprocess.run(["systemd-analyze", "security", "--offline=true", folder / "signet.service"],
                          capture_output=True, text=True, env={"PATH": "/usr/bin:/bin", "SYSTEMD_PAGER": ""})
    found = re.search(r"Overall exposure level for signet\.service: ([0-9.]+)", done.stdout)
    return float(found[1]) if found else 10.0


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--signet", required=True)
    signet = str(pathlib.Path(options.parse_args().signet).resolve())
    for name, text in units():
        # The user and the program are those of the machine that it will run on.
        look(name, text.replace("/usr/local/bin/signet", signet).replace("=signet\n", "=daemon\n", 2))
    sys.exit(f"{len(FAILURES)} checks failed" if FAILURES else 0)


def look(name, text):
    with tempfile.TemporaryDirectory(prefix="signet-unit-") as path:
        folder = pathlib.Path(path)
        found = complaints(folder, text)
        check(f"systemd has nothing to say of {name}", not found, found)
        hardened = exposure(folder)
        found = complaints(folder, text.replace("NoNewPrivileges=", "NoNewPrivilege="))
        check("the control: an option that it does not know is told", found)
        kept = ("[", "User=", "Group=", "ExecStart=", "Description=", "WantedBy=")
        complaints(folder, "\n".join(line for line in text.splitlines() if line.startswith(kept)))
        bare = exposure(folder)
        check(f"it leaves {hardened / bare:.2f} of what a bare unit leaves open", hardened < bare / 3, (hardened, bare))


if __name__ == "__main__":
    main()
