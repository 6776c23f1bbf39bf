"""Seals and trust lists made by others, judged by Signet."""

import json
import pathlib

import cbor2
from cryptography.hazmat.primitives import serialization
from cwt import COSE, COSEKey

import cbor
import seals
import worked_example


class World:
    """An authority of Python's making: a root, one institution with two keys, a list, all as files."""

    def __init__(self, folder):
        self.root, self.es256, self.ed25519 = seals.ES256(), seals.ES256(), seals.Ed25519()
        folder = pathlib.Path(folder)
        self.trust, self.pinned = folder / "their-list.jws", folder / "their-root.pem"
        keys = [seals.key_entry(self.es256), seals.key_entry(self.ed25519)]
        self.trust.write_text(seals.signed_list(self.root, seals.trust_list(keys)))
        self.pinned.write_bytes(self.root.private.public_key().public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo))


def cwt_seal(key, payload, alg_name):
    pem = key.private.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    cose_key = COSEKey.from_pem(pem, kid=seals.kid(key), alg=alg_name)
    encoder = COSE.new(alg_auto_inclusion=False, kid_auto_inclusion=False)
    return encoder.encode_and_sign(
        payload, cose_key, protected={1: key.cose, 4: seals.kid(key)}, unprotected={}, out="bytes")


def good(world):
    """Name and bytes of seals that are right."""
    payload = cbor.encode(seals.claims())
    yield "cwt, ES256", cwt_seal(world.es256, payload, "ES256")
    yield "cwt, EdDSA", cwt_seal(world.ed25519, payload, "EdDSA")
    yield "own code, ES256 (-7)", seals.seal(world.es256)
    yield "own code, ESP256 (-9)", seals.seal(world.es256, alg=-9)
    yield "own code, EdDSA (-8)", seals.seal(world.ed25519)
    yield "own code, Ed25519 (-19)", seals.seal(world.ed25519, alg=-19)
    yield "an unknown claim", seals.seal(world.es256, seals.claims(claim_99="", claim_100=[1, {2: b""}]))


def composed(key, protected=None, unprotected=b"\xa0", payload=None, tag=18, extra=b""):
    """A signed message with one part out of order."""
    payload = cbor.encode(seals.claims()) if payload is None else payload
    protected = cbor.encode({1: key.cose, 4: seals.kid(key)}) if protected is None else protected
    signature = key.sign(seals.signed_bytes(protected, payload))
    body = b"\x84" + cbor.encode(protected) + unprotected + cbor.encode(payload) + cbor.encode(signature)
    return (cbor.head(6, tag) if tag else b"") + body + extra


def bad(world):
    """Name, bytes, and the reason that must be given; all but two are signed rightly."""
    key, kid = world.es256, seals.kid(world.es256)
    right = seals.seal(key)
    flipped = bytearray(right)
    flipped[-1] ^= 1
    yield "flipped signature", bytes(flipped), "bad-signature"
    flipped = bytearray(right)
    flipped[right.index("王海燕".encode()) + 2] ^= 1
    yield "changed name", bytes(flipped), "bad-signature"
    yield "unknown key", seals.seal(seals.ES256()), "unknown-key"
    yield "another algorithm", composed(key, cbor.encode({1: -8, 4: kid})), "algorithm-mismatch"
    yield "no algorithm", composed(key, cbor.encode({4: kid})), "malformed-seal"
    yield "key id unprotected", composed(
        key, cbor.encode({1: -7}), unprotected=cbor.encode({4: kid})), "malformed-seal"
    yield "an extra header", composed(key, cbor.encode({1: -7, 4: kid, 3: 60})), "malformed-seal"
    yield "no tag", composed(key, tag=None), "seal-damaged"
    yield "another tag", composed(key, tag=98), "seal-damaged"
    yield "bytes after the end", composed(key, extra=b"\0"), "seal-damaged"
    claims = cbor.encode(seals.claims())
    yield "indefinite map", composed(key, payload=b"\xbf" + claims[1:] + b"\xff"), "malformed-seal"
    yield "long integer", composed(
        key, payload=cbor.encode(seals.claims(claim_6=cbor.Raw(b"\x1b" + (1).to_bytes(8, "big"))))), "malformed-seal"
    yield "float", composed(key, payload=cbor2.dumps({**seals.claims(), 99: 1.5}, canonical=True)), "malformed-seal"
    twice = cbor.head(5, 5) + claims[1:4] + claims[1:]
    yield "key twice", composed(key, payload=twice), "malformed-seal"
    yield "other institution", seals.seal(key, seals.claims(claim_1="4137011067")), "issuer-mismatch"
    yield "not filed", seals.seal(key, seals.claims(certificate={5: "9-99-99-99"})), "not-filed"
    yield "expired", seals.seal(key, seals.claims(claim_4=seals.NOW - 5)), "expired"
    yield "text that turns around", seals.seal(key, seals.claims(certificate={4: "王\u202e燕"})), "malformed-seal"


def check_good(product, world, data):
    found = product.verify(seals.qr_text(data), world.trust, world.pinned)
    assert found == ("valid", None, 0), found


def check_bad(product, world, data, reason):
    found = product.verify(seals.qr_text(data), world.trust, world.pinned)
    # What is damaged, or none of ours, says nothing of a certificate.
    expected = ("could-not-check", reason, 2) if reason == "seal-damaged" else ("not-valid", reason, 1)
    assert found == expected, found


def check_stranger(product, world):
    """Under another pinned root, the same list says nothing."""
    found = product.verify(
        seals.qr_text(seals.seal(world.es256)), world.trust, product.home / "keys" / "root.pub.pem")
    assert found == ("could-not-check", "trust-list-invalid", 2), found


def check_shown(product, world):
    """The list as Signet shows it is the list as Python made it."""
    shown = json.loads(product.run("trust", "show", "--json", "--trust", world.trust, "--root", world.pinned))
    assert shown["sequence"] == 3 and len(shown["institutions"][0]["keys"]) == 2


def check_example(product, folder):
    """The page says what the example's program prints, and Signet finds its seal valid."""
    page = (pathlib.Path(__file__).resolve().parents[2] / "docs" / "formats" / "seal.md").read_text()
    assert worked_example.example() in page, "docs/formats/seal.md has another example than worked_example.py prints"
    key = worked_example.Key()
    root, trust, pinned = seals.ES256(), pathlib.Path(folder) / "example.jws", pathlib.Path(folder) / "example.pem"
    filing = seals.filing(occupation="4-02-06-03", name="物流服务师", levels=[3])
    entry = seals.key_entry(key, **{"from": 1782000000})
    trust.write_text(seals.signed_list(root, seals.trust_list([entry], filings=[filing])))
    pinned.write_bytes(root.private.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo))
    found = product.verify(seals.qr_text(seals.seal(key, worked_example.PAYLOAD)), trust, pinned)
    assert found == ("valid", None, 0), found
