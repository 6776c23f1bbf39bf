#!/usr/bin/env python3
"""Signet's formats against independent implementations, both ways.

    run.py --signet .build/debug/signet

Needs OpenSSL's command line and, from PyPI, cwt, cryptography, zxing-cpp and pillow.
"""

import argparse
import pathlib
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
# The page's tests make seals of their own, too.
sys.path[:0] = [str(HERE), str(HERE.parent / "Browser")]

import ours  # noqa: E402
import status  # noqa: E402
import theirs  # noqa: E402
from product import Product  # noqa: E402


def checks(product, folder):
    world = theirs.World(folder)
    yield "our seals: cwt, cryptography, openssl", lambda: ours.seals(product, folder)
    yield "our trust list: cryptography", lambda: ours.trust_list(product)
    yield "our QR code: ZXing", lambda: ours.pictures(product, folder)
    for name, data in theirs.good(world):
        yield f"valid: {name}", lambda data=data: theirs.check_good(product, world, data)
    for name, data, reason in theirs.bad(world):
        yield f"{reason}: {name}", lambda data=data, reason=reason: theirs.check_bad(product, world, data, reason)
    yield "the worked example of docs/formats/seal.md", lambda: theirs.check_example(product, folder)
    yield from status.checks(product, world, folder)
    yield "could not check: another root", lambda: theirs.check_stranger(product, world)
    yield "their trust list, shown", lambda: theirs.check_shown(product, world)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--signet", required=True)
    arguments = parser.parse_args()
    passed = failed = 0
    with tempfile.TemporaryDirectory(prefix="signet-interop-") as folder:
        product = Product(arguments.signet, folder)
        for name, check in checks(product, folder):
            try:
                check()
            except Exception as error:  # whatever it is, the check has not passed
                failed += 1
                print(f"FAIL {name}: {type(error).__name__}: {error}")
            else:
                passed += 1
                print(f"ok   {name}")
    print(f"{passed} passed, {failed} failed")
    sys.exit(1 if failed or not passed else 0)


if __name__ == "__main__":
    main()
