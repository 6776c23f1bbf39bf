#!/usr/bin/env python3
"""Makes Tests/Vectors/approvals/cases.json: statements, fingerprints and signed statements by another program than the one
that is tested. Run by hand; the file is kept, so that all read the same bytes."""

import base64
import hashlib
import json
import pathlib

import cbor2
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519

OUTPUT = pathlib.Path(__file__).resolve().parent.parent / "Vectors" / "approvals" / "cases.json"
ORIGIN, RP = "https://portal.example.org", "portal.example.org"


def framed(*parts):
    return b"".join(len(part).to_bytes(8, "big") + part for part in parts)


def seed(text, count):
    return hashlib.shake_256(text.encode()).digest(count)


def statement(act, lines, credential, sequence, time, name):
    fields = {
        "root": seed("root" + name, 8), "subjectDigest": seed("subject" + name, 32),
        "account": seed("account" + name, 16), "hash": seed("hash" + name, 32), "random": seed("random" + name, 16),
    }
    text = "".join(line + "\n" for line in lines)
    data = framed(
        b"signet-approval-1", fields["root"], act.encode(), fields["subjectDigest"], text.encode(), fields["account"],
        credential, sequence.to_bytes(8, "big"), fields["hash"], time.to_bytes(8, "big"), fields["random"])
    return data, {
        "act": act, "lines": lines, "credential": credential.hex(), "sequence": sequence, "time": time,
        "bytes": data.hex(), "challenge": hashlib.sha256(data).hexdigest(),
        **{key: value.hex() for key, value in fields.items()},
    }


def fingerprint(account, credential, key):
    number = int.from_bytes(hashlib.sha256(framed(account, credential, key)).digest()[:8], "big") % 10**16
    digits = f"{number:016}"
    return " ".join(digits[i:i + 4] for i in range(0, 16, 4))


def passkey(name):
    """A statement that a passkey signed, as a browser would have it."""
    private = ec.derive_private_key(int.from_bytes(seed("key" + name, 31), "big") + 1, ec.SECP256R1())
    numbers = private.public_key().public_numbers()
    cose = cbor2.dumps({
        1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32, "big"), -3: numbers.y.to_bytes(32, "big")}, canonical=True)
    credential = seed("credential" + name, 32)
    data, fields = statement(
        "issue", ["批准签发证书份数 / Approve signing certificates: 2176", "所批 / Of: submission 12"], credential, 7,
        1_783_000_000, name)
    challenge = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
    client = json.dumps(
        {"type": "webauthn.get", "challenge": challenge, "origin": ORIGIN, "crossOrigin": False},
        separators=(",", ":")).encode()
    authenticator = hashlib.sha256(RP.encode()).digest() + bytes([0x05]) + (9).to_bytes(4, "big")
    signature = private.sign(authenticator + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
    return {
        **fields, "key": cose.hex(), "authenticatorData": authenticator.hex(), "clientDataJSON": client.hex(),
        "signature": signature.hex(),
    }


def key_file(name):
    """A statement that a key of a file signed."""
    private = ed25519.Ed25519PrivateKey.from_private_bytes(seed("key" + name, 32))
    spki = bytes.fromhex("302a300506032b6570032100") + private.public_key().public_bytes_raw()
    credential = hashlib.sha256(spki).digest()[:8]
    data, fields = statement("registry", ["批准 / Approve: registry"], credential, 0, 0, name)
    return {
        **fields, "key": spki.hex(), "authenticatorData": "", "clientDataJSON": "", "signature": private.sign(data).hex(),
    }


def main():
    cases = [passkey("one"), passkey("two"), key_file("three")]
    for case in cases:
        subject = "submission 12"
        parts = [bytes.fromhex(case[name]) for name in (
            "subjectDigest", "bytes", "account", "credential", "authenticatorData", "clientDataJSON", "signature")]
        case["evidenceDigest"] = hashlib.sha256(
            framed(case["act"].encode(), subject.encode(), *parts)).hexdigest()
        case["fingerprint"] = fingerprint(
            bytes.fromhex(case["account"]), bytes.fromhex(case["credential"]), bytes.fromhex(case["key"]))
    OUTPUT.write_text(json.dumps({"origin": ORIGIN, "cases": cases}, ensure_ascii=False, indent=1) + "\n")


main()
