#!/usr/bin/env python3
"""Makes Tests/Vectors/webauthn/cases.json: registrations and sign-ins by an authenticator in software, sound ones and ones
of which a single thing is wrong. Run by hand; the file is kept, so that all read the same bytes."""

import hashlib
import json
import pathlib

import cbor2
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa

OUTPUT = pathlib.Path(__file__).resolve().parent.parent / "Vectors" / "webauthn" / "cases.json"
ORIGIN, RP = "https://portal.example.org", "portal.example.org"
CHALLENGE = hashlib.sha256(b"challenge").digest()
HANDLE = hashlib.sha256(b"account").digest()
ID = hashlib.sha256(b"credential").digest()
UP, UV, BE, BS, AT, ED = 0x01, 0x04, 0x08, 0x10, 0x40, 0x80


def b64(data):
    import base64
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def octets(number, count):
    return number.to_bytes(count, "big")


class Key:
    """A key pair of one algorithm and its COSE_Key."""

    def __init__(self, alg, size=2048, exponent=65537):
        self.alg = alg
        if alg == -7:
            self.private = ec.generate_private_key(ec.SECP256R1())
            numbers = self.private.public_key().public_numbers()
            self.cose = {1: 2, 3: -7, -1: 1, -2: octets(numbers.x, 32), -3: octets(numbers.y, 32)}
        elif alg == -8:
            self.private = ed25519.Ed25519PrivateKey.generate()
            self.cose = {1: 1, 3: -8, -1: 6, -2: self.private.public_key().public_bytes_raw()}
        else:
            self.private = rsa.generate_private_key(exponent, size)
            numbers = self.private.public_key().public_numbers()
            self.cose = {1: 3, 3: -257, -1: octets(numbers.n, size // 8),
                         -2: octets(numbers.e, (numbers.e.bit_length() + 7) // 8)}

    def sign(self, message):
        if self.alg == -7:
            return self.private.sign(message, ec.ECDSA(hashes.SHA256()))
        if self.alg == -8:
            return self.private.sign(message)
        return self.private.sign(message, padding.PKCS1v15(), hashes.SHA256())


def client(kind, **changes):
    fields = {"type": f"webauthn.{kind}", "challenge": b64(CHALLENGE), "origin": ORIGIN, "crossOrigin": False} | changes
    return json.dumps({k: v for k, v in fields.items() if v is not None}, separators=(",", ":")).encode()


def data(flags, rp=RP, counter=0, rest=b""):
    return hashlib.sha256(rp.encode()).digest() + bytes([flags]) + counter.to_bytes(4, "big") + rest


def attested(key, identifier=ID, count=None, cose=None):
    length = len(identifier) if count is None else count
    return bytes(16) + length.to_bytes(2, "big") + identifier + (cbor2.dumps(key.cose) if cose is None else cose)


def statement(auth, fmt="none", stmt=None, **extra):
    return cbor2.dumps({"fmt": fmt, "attStmt": {} if stmt is None else stmt, "authData": auth} | extra)


def registration(name, expect="accepted", client_data=None, auth=None, obj=None, identifier=ID, key=None):
    auth = data(UP | UV | AT, rest=attested(key or ES)) if auth is None else auth
    return {
        "name": name, "kind": "registration", "expect": expect, "challenge": CHALLENGE.hex(), "id": identifier.hex(),
        "clientDataJSON": (client("create") if client_data is None else client_data).hex(),
        "attestationObject": (statement(auth) if obj is None else obj).hex(),
    }


def assertion(name, expect="accepted", client_data=None, auth=None, signature=None, signed=None, key=None, **changes):
    key = key or ES
    client_data = client("get") if client_data is None else client_data
    auth = data(UP | UV, counter=7) if auth is None else auth
    if signature is None:
        signature = key.sign((auth if signed is None else signed) + hashlib.sha256(client_data).digest())
    return {
        "name": name, "kind": "assertion", "expect": expect, "challenge": CHALLENGE.hex(), "id": ID.hex(),
        "recordID": ID.hex(), "cose": cbor2.dumps(key.cose).hex(), "counter": 6, "backupEligible": False,
        "userHandle": HANDLE.hex(), "recordHandle": HANDLE.hex(), "clientDataJSON": client_data.hex(),
        "authenticatorData": auth.hex(), "signature": signature.hex(),
    } | changes


ES, ED25519, RS = Key(-7), Key(-8), Key(-257)
OTHER = Key(-7)


def client_mutants(kind):
    other = "get" if kind == "create" else "create"
    plain = client(kind)
    return {
        "type of the other ceremony": ("wrongType", client(kind, type=f"webauthn.{other}")),
        "type of payments": ("wrongType", client(kind, type="payment.get")),
        "no type": ("malformed", client(kind, type=None)),
        "another challenge": ("wrongChallenge", client(kind, challenge=b64(bytes(32)))),
        "a challenge cut": ("wrongChallenge", client(kind, challenge=b64(CHALLENGE[:-1]))),
        "a padded challenge": ("wrongChallenge", client(kind, challenge=b64(CHALLENGE) + "=")),
        "no challenge": ("malformed", client(kind, challenge=None)),
        "another origin": ("wrongOrigin", client(kind, origin="https://portal.example.com")),
        "a look-alike below": ("wrongOrigin", client(kind, origin="https://a.portal.example.org")),
        "the origin's parent": ("wrongOrigin", client(kind, origin="https://example.org")),
        "plain HTTP": ("wrongOrigin", client(kind, origin="http://portal.example.org")),
        "another port": ("wrongOrigin", client(kind, origin=ORIGIN + ":8443")),
        "an origin with a path": ("wrongOrigin", client(kind, origin=ORIGIN + "/")),
        "framed elsewhere": ("wrongOrigin", client(kind, crossOrigin=True)),
        "a top origin": ("wrongOrigin", client(kind, topOrigin="https://example.com")),
        "crossOrigin as a text": ("malformed", client(kind, crossOrigin="false")),
        "no JSON": ("malformed", b"type"),
        "a list": ("malformed", b"[" + plain + b"]"),
        "a byte order mark": ("malformed", b"\xef\xbb\xbf" + plain),
        "no UTF-8": ("malformed", plain[:-1] + b',"x":"\xff"}'),
        "two challenges": ("malformed", plain[:-1] + b',"challenge":"AAAA"}'),
        "bytes behind": ("malformed", plain + b"{}"),
        "UTF-16": ("malformed", plain.decode().encode("utf-16")),
    }


def keys():
    """COSE_Keys that must not pass."""
    def changed(key, drop=(), **_):
        return {k: v for k, v in key.cose.items() if k not in drop}
    x = ES.cose[-2]
    yield "ES384 named", ES.cose | {3: -35}
    yield "ESP256, which was not offered", ES.cose | {3: -9}
    yield "kty OKP with ES256", ES.cose | {1: 1}
    yield "P-384 named", ES.cose | {-1: 2}
    yield "an x of 31 bytes", ES.cose | {-2: x[:31]}
    yield "an x of 33 bytes", ES.cose | {-2: b"\0" + x}
    yield "no y", changed(ES, drop=[-3])
    yield "no alg", changed(ES, drop=[3])
    yield "a point off the curve", ES.cose | {-3: bytes(32)}
    yield "the other point", ES.cose | {-2: OTHER.cose[-2]}
    yield "RSA under ES256", RS.cose | {3: -7}
    yield "ES256 under RS256", ES.cose | {3: -257}
    yield "Ed25519 under ES256", ED25519.cose | {3: -7}
    yield "Ed448 named", ED25519.cose | {-1: 7}
    yield "an Ed25519 key of 31 bytes", ED25519.cose | {-2: ED25519.cose[-2][:31]}
    yield "RSA of 1024 bits", RS.cose | {-1: RS.cose[-1][:128]}
    yield "RSA with a zero before it", RS.cose | {-1: b"\0" + RS.cose[-1]}
    yield "RSA with the exponent 3", RS.cose | {-2: b"\x03"}
    yield "even RSA", RS.cose | {-1: RS.cose[-1][:-1] + b"\0"}
    yield "a private key with it", ES.cose | {-4: bytes(32)}


def registrations():
    yield registration("ES256")
    yield registration("Ed25519", key=ED25519)
    yield registration("RS256", key=RS)
    yield registration("backed up", auth=data(UP | UV | BE | BS | AT, rest=attested(ES)))
    extensions = cbor2.dumps({"credProtect": 2, "hmac-secret": True, "x": None})
    yield registration("with extensions", auth=data(UP | UV | AT | ED, rest=attested(ES) + extensions))
    yield registration("members that nobody knows", client_data=client("create", other="x"))
    for name, (code, made) in client_mutants("create").items():
        yield registration(name, code, client_data=made)
    good = data(UP | UV | AT, rest=attested(ES))
    for name, code, flags, rest in [
        ("user absent", "userAbsent", UV | AT, attested(ES)),
        ("user not verified", "userNotVerified", UP | AT, attested(ES)),
        ("backed up, though it cannot be", "wrongBackupState", UP | UV | BS | AT, attested(ES)),
        ("no credential named", "malformed", UP | UV, attested(ES)),
        ("no credential", "malformed", UP | UV, b""),
        ("extensions named only", "malformed", UP | UV | AT | ED, attested(ES)),
        ("extensions that are no map", "malformed", UP | UV | AT | ED, attested(ES) + b"\x80"),
        ("extensions cut", "malformed", UP | UV | AT | ED, attested(ES) + extensions[:-1]),
        ("extensions not named", "malformed", UP | UV | AT, attested(ES) + extensions),
        ("bytes behind the key", "malformed", UP | UV | AT, attested(ES) + b"\0"),
        ("an empty id", "malformed", UP | UV | AT, attested(ES, b"")),
        ("an id of 1024 bytes", "malformed", UP | UV | AT, attested(ES, bytes(1024))),
        ("an id longer than all", "malformed", UP | UV | AT, attested(ES, count=65535)),
        ("a key cut", "malformed", UP | UV | AT, attested(ES)[:-1]),
        ("a key of indefinite length", "malformed", UP | UV | AT,
         attested(ES, cose=b"\xbf" + cbor2.dumps(ES.cose)[1:] + b"\xff")),
        ("a key that is no map", "unsupportedKey", UP | UV | AT, attested(ES, cose=b"\x01")),
    ]:
        identifier = bytes(1024) if "1024" in name else b"" if "empty" in name else ID
        yield registration(name, code, auth=data(flags, rest=rest), identifier=identifier)
    for name, cose in keys():
        yield registration(name, "unsupportedKey", auth=data(UP | UV | AT, rest=attested(ES, cose=cbor2.dumps(cose))))
    yield registration("another RP", "wrongRelyingParty", auth=data(UP | UV | AT, rp="example.org", rest=attested(ES)))
    for place in (0, 15, 31):
        flipped = bytearray(good)
        flipped[place] ^= 1
        yield registration(f"byte {place} of rpIdHash", "wrongRelyingParty", auth=bytes(flipped))
    yield registration("36 bytes", "malformed", auth=good[:36])
    yield registration("an id that the browser did not name", "malformed", identifier=bytes(32))
    plain = {"fmt": "none", "attStmt": {}, "authData": good}
    for name in plain:
        yield registration(f"no {name}", "malformed", obj=cbor2.dumps({k: v for k, v in plain.items() if k != name}))
    for name, obj in {
        "one member more": cbor2.dumps(plain | {"epAtt": False}),
        "fmt a number": cbor2.dumps(plain | {"fmt": 1}),
        "attStmt a list": cbor2.dumps(plain | {"attStmt": []}),
        "authData a text": cbor2.dumps(plain | {"authData": "x"}),
        "an object of indefinite length": b"\xbf" + cbor2.dumps(plain)[1:] + b"\xff",
        "a member twice": b"\xa4" + cbor2.dumps(plain)[1:] + cbor2.dumps("fmt") + cbor2.dumps("none"),
        "bytes behind the object": cbor2.dumps(plain) + b"\0",
        "no map": cbor2.dumps([plain]),
    }.items():
        yield registration(name, "malformed", obj=obj)


def assertions():
    yield assertion("ES256")
    yield assertion("Ed25519", key=ED25519)
    yield assertion("RS256", key=RS)
    yield assertion("backed up", auth=data(UP | UV | BE | BS, counter=7), backupEligible=True)
    yield assertion("with extensions", auth=data(UP | UV | ED, counter=7, rest=cbor2.dumps({"x": False})))
    for name, (code, made) in client_mutants("get").items():
        yield assertion(name, code, client_data=made)
    for name, code, auth in [
        ("user absent", "userAbsent", data(UV, counter=7)),
        ("user not verified", "userNotVerified", data(UP, counter=7)),
        ("backed up, though it cannot be", "wrongBackupState", data(UP | UV | BS, counter=7)),
        ("can be backed up now", "wrongBackupState", data(UP | UV | BE, counter=7)),
        ("a credential", "malformed", data(UP | UV | AT, counter=7, rest=attested(ES))),
        ("a credential named only", "malformed", data(UP | UV | AT, counter=7)),
        ("extensions named only", "malformed", data(UP | UV | ED, counter=7)),
        ("bytes behind", "malformed", data(UP | UV, counter=7, rest=b"\0")),
        ("another RP", "wrongRelyingParty", data(UP | UV, rp="example.org", counter=7)),
        ("36 bytes", "malformed", data(UP | UV)[:36]),
        ("nothing", "malformed", b""),
    ]:
        yield assertion(name, code, auth=auth)
    good = data(UP | UV, counter=7)
    for place in range(37):
        flipped = bytearray(good)
        flipped[place] ^= 0x20 if place == 32 else 1
        code = "wrongRelyingParty" if place < 32 else "wrongSignature"
        yield assertion(f"byte {place} after signing", code, auth=bytes(flipped), signed=good)
    signature = ES.sign(good + hashlib.sha256(client("get")).digest())
    while signature[3] != 32:  # without a sign byte, for the mutants below
        signature = ES.sign(good + hashlib.sha256(client("get")).digest())
    first = 4 + signature[3]
    for name, made in {
        "a bit": signature[:-1] + bytes([signature[-1] ^ 1]),
        "cut": signature[:-1],
        "a byte behind": signature + b"\0",
        "a length in two bytes": b"\x30\x81" + signature[1:],
        "a zero before r": bytes([0x30, signature[1] + 1, 2, 33, 0]) + signature[4:],
        "r and s alone": signature[4:36] + signature[first + 2:][-32:],
        "empty": b"",
        "r = 0": bytes([0x30, signature[1] - 31, 2, 1, 0]) + signature[first:],
    }.items():
        yield assertion(f"signature: {name}", "wrongSignature", signature=made)
    yield assertion("signed by another key", "wrongSignature",
                    signature=OTHER.sign(good + hashlib.sha256(client("get")).digest()))
    yield assertion("an RS256 signature under an ES256 key", "wrongSignature",
                    signature=RS.sign(good + hashlib.sha256(client("get")).digest()))
    yield assertion("the client data itself signed, not its digest", "wrongSignature",
                    signature=ES.sign(good + client("get")))
    yield assertion("client data spelled anew", "wrongSignature", client_data=client("get") + b" ",
                    signature=signature)
    yield assertion("another account", "wrongAccount", userHandle=bytes(32).hex())
    yield assertion("no account", "wrongAccount", userHandle="")
    yield assertion("another credential", "wrongAccount", id=bytes(32).hex())


if __name__ == "__main__":
    cases = [*registrations(), *assertions()]
    OUTPUT.write_text(json.dumps({"origin": ORIGIN, "rp": RP, "cases": cases}, indent=0) + "\n")
    print(len(cases), "cases,", sum(c["expect"] != "accepted" for c in cases), "of them wrong")
