"""Keys, trust lists and seals made from docs/formats alone, without a line of the product."""

import base64
import hashlib
import json
import os
import time

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

import cbor

NOW = int(time.time())
DAY = 86_400
ISSUED = NOW - 30 * DAY
INSTITUTION = "4137012391"
HOST = "certificates.example.cn"


def base64url(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def day_text(days):
    return time.strftime("%Y-%m-%d", time.gmtime(days * DAY))


class ES256:
    name, cose = "ES256", -7

    def __init__(self):
        self.private = ec.generate_private_key(ec.SECP256R1())
        public = self.private.public_key()
        self.spki = public.public_bytes(
            serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
        numbers = public.public_numbers()
        x, y = (base64url(n.to_bytes(32, "big")) for n in (numbers.x, numbers.y))
        self.jwk = {"kty": "EC", "crv": "P-256", "x": x, "y": y}

    def sign(self, message):
        r, s = decode_dss_signature(self.private.sign(message, ec.ECDSA(hashes.SHA256())))
        return r.to_bytes(32, "big") + s.to_bytes(32, "big")


class Ed25519:
    name, cose = "EdDSA", -8

    def __init__(self):
        self.private = ed25519.Ed25519PrivateKey.generate()
        public = self.private.public_key()
        self.spki = public.public_bytes(
            serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
        raw = public.public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
        self.jwk = {"kty": "OKP", "crv": "Ed25519", "x": base64url(raw)}

    def sign(self, message):
        return self.private.sign(message)


class SM2:
    """A key no browser can use. Its point is the curve's generator; its signatures are noise."""

    name, cose = "SM2", -70256
    point = bytes.fromhex(
        "32c4ae2c1f1981195f9904466a39c9948fe30bbff2660be1715a4589334c74c7"
        "bc3736a2f4f6779c59bdcee36b692153d0a9877cc62a474002df32e52139f0a0")

    def __init__(self):
        self.spki = bytes.fromhex("3059301306072a8648ce3d020106082a811ccf5501822d03420004") + self.point
        x, y = base64url(self.point[:32]), base64url(self.point[32:])
        self.jwk = {"kty": "EC", "crv": "SM2", "x": x, "y": y}

    def sign(self, message):
        return os.urandom(64)


def kid(key):
    return hashlib.sha256(key.spki).digest()[:8]


# Trust lists


def key_entry(key, **changes):
    entry = {"kid": kid(key).hex(), "alg": key.name, "jwk": key.jwk, "from": NOW - 365 * DAY, "state": "active"}
    return {**entry, **changes}


def filing(**changes):
    entry = {"occupation": "5-05-01-02", "name": "农业经理人", "levels": [4, 3], "from": "2020-01-01"}
    return {**entry, **changes}


def trust_list(keys, filings=None, identifier=INSTITUTION, **changes):
    institution = {
        "id": identifier,
        "names": [{"name": "潍坊职业学院", "from": "2001-06-01"}],
        "keys": keys,
        "filings": [filing()] if filings is None else filings,
    }
    payload = {
        "iss": "潍坊市职业技能鉴定中心", "sequence": 3, "iat": NOW - DAY,
        "next_update": NOW + 60 * DAY, "institutions": [institution],
    }
    return {**payload, **changes}


def signed_list(root, payload, **header_changes):
    header = {"alg": root.name, "kid": kid(root).hex(), "typ": "trust-list+jwt", **header_changes}
    parts = [base64url(json.dumps(part, ensure_ascii=False).encode()) for part in (header, payload)]
    return ".".join(parts + [base64url(root.sign(".".join(parts).encode()))])


# Seals


def claims(issued=ISSUED, certificate=None, **changes):
    """A payload as a map; `certificate` and `changes` (as `claim_N`) replace values, None removes one."""
    fields = {
        1: "Y413701239126000017", 2: 1, 3: "潍坊职业学院", 4: "王海燕", 5: "5-05-01-02",
        6: "农业经理人", 7: "种植业经理", 8: 3, 9: issued // DAY,
    }
    fields = {**fields, **(certificate or {})}
    payload = {
        1: INSTITUTION, 6: issued, 7: bytes(range(16)),
        -65537: {key: value for key, value in fields.items() if value is not None},
    }
    for name, value in changes.items():
        payload[int(name.removeprefix("claim_"))] = value
    return payload


def signed_bytes(protected, payload):
    return cbor.encode(["Signature1", protected, b"", payload])


def seal(key, payload=None, alg=None, signature=None):
    protected = cbor.encode({1: key.cose if alg is None else alg, 4: kid(key)})
    payload = cbor.encode(claims() if payload is None else payload)
    signature = signature or key.sign(signed_bytes(protected, payload))
    return cbor.tagged(18, [protected, {}, payload, signature])


def recorded_file(key, *payloads):
    """What a key signed before it was compromised."""
    protected = cbor.encode({1: key.cose, 4: kid(key)})
    signed = [signed_bytes(protected, cbor.encode(payload)) for payload in payloads]
    return b"".join(sorted(hashlib.sha256(message).digest()[:16] for message in signed))


def compromised(key, recorded):
    return key_entry(
        key, state="compromised", compromised_since=ISSUED + 1,
        recorded={"count": len(recorded) // 16, "sha256": base64url(hashlib.sha256(recorded).digest())})


TAIL = [0, 3, 5, 8, 10, 13, 15]


def digits(data):
    groups = [data[start:start + 7] for start in range(0, len(data), 7)]
    widths = [17 if len(group) == 7 else TAIL[len(group)] for group in groups]
    return "".join(str(int.from_bytes(group, "big")).zfill(width) for group, width in zip(groups, widths, strict=True))


def qr_text(data):
    return f"https://{HOST}/c#{digits(data)}"
