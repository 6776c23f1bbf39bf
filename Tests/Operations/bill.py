#!/usr/bin/env python3
"""The bill of materials is well-formed and names what is pinned. Usage: bill.py --signet PATH"""
import argparse
import json
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "Tests/Support"))
from home import FAILURES, check  # noqa: E402


def findings(bill):
    return [each["name"] for each in bill["components"] if each.get("properties")]


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--signet", required=True)
    signet = options.parse_args().signet
    done = subprocess.run([ROOT / "dev/sbom", signet], capture_output=True, text=True, check=True)
    bill = json.loads(done.stdout)
    check("it is CycloneDX", (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.5"))
    components = bill["components"]
    check("each has name, version and a package URL of its own",
          all(each["name"] and each["version"] and each["purl"].startswith("pkg:") for each in components)
          and len({each["bom-ref"] for each in components}) == len(components))
    versions = {each["name"]: each["version"] for each in components}
    manifest = (ROOT / "Package.swift").read_text()
    pinned = re.findall(r'url: "https://github.com/[^/]+/([^"]+)", (\w+): "([^"]+)"', manifest)
    check("Swift packages are pinned to one version", pinned and all(kind == "exact" for _, kind, _ in pinned), pinned)
    wrong = [name for name, _, version in pinned if versions.get(name.lower()) != version]
    check("and stand in the bill as pinned", not wrong, wrong)
    wanted = dict(re.findall(r"(?m)^([a-z0-9-]+)==(\S+)$", (ROOT / "dev/requirements.in").read_text()))
    wrong = [name for name, version in wanted.items() if versions.get(name) != version]
    check("so do PyPI packages", wanted and not wrong, wrong)
    python = [each for each in components if each["purl"].startswith("pkg:pypi/")]
    text = (ROOT / "dev/requirements.txt").read_text()
    check("all of them, with digests", len(python) == len(re.findall(r"(?m)^[a-z0-9]\S*==", text))
          and all(each["hashes"] for each in python), len(python))
    check("the libraries that the program is linked with", {"libssl3", "libpango-1.0-0", "zlib1g"} <= set(versions))
    dockerfile = (ROOT / "Dockerfile").read_text()
    floating = [image for image in re.findall(r"(?m)^FROM (\S+)", dockerfile) if "@" not in image]
    told = [line for line in done.stderr.splitlines() if "has no digest" in line]
    check("base images without a digest are findings", len(told) == len(floating) == len(findings(bill)), done.stderr)
    with tempfile.TemporaryDirectory() as folder:
        pinned = pathlib.Path(folder) / "Dockerfile"
        pinned.write_text(re.sub(r"(?m)^FROM ([^\s@]+)", f"FROM \\1@sha256:{'0' * 64}", dockerfile))
        done = subprocess.run([ROOT / "dev/sbom", signet, "--dockerfile", pinned], capture_output=True, text=True, check=True)
        check("the control: with digests there is none, and they stand in the bill",
              not done.stderr and not findings(json.loads(done.stdout)) and done.stdout.count(f"sha256:{'0' * 64}") >= 2)
    print(f"{len(FAILURES)} failures")
    sys.exit(1 if FAILURES else 0)


if __name__ == "__main__":
    main()
