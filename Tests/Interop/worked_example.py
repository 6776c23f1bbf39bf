#!/usr/bin/env python3
"""Prints the worked example of docs/formats/seal.md, made without a line of the product.

The key is derived from a published text and signs nothing but this example.
"""

import hashlib
import pathlib
import sys
import textwrap

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "Browser")]

import cbor  # noqa: E402
import seals  # noqa: E402

SEED = "Signet worked example"
CERTIFICATE = {
    1: "Y000037000001263000042", 2: 1, 3: "潍坊职业学院", 4: "王小明", 5: "4-02-06-03", 6: "物流服务师",
    7: "冷链物流员", 8: 3, 9: 20634,
}
PAYLOAD = {1: "4137012391", 6: 1782813600, 7: bytes(range(0xA0, 0xB0)), -65537: CERTIFICATE}


class Key(seals.ES256):
    """P-256, with the private number SHA-256(SEED), and nonces by RFC 6979."""

    def __init__(self):
        number = int.from_bytes(hashlib.sha256(SEED.encode()).digest(), "big")
        self.private = ec.derive_private_key(number, ec.SECP256R1())
        public = self.private.public_key()
        self.spki = public.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
        numbers = public.public_numbers()
        x, y = (seals.base64url(n.to_bytes(32, "big")) for n in (numbers.x, numbers.y))
        self.jwk = {"kty": "EC", "crv": "P-256", "x": x, "y": y}

    def sign(self, message):
        algorithm = ec.ECDSA(hashes.SHA256(), deterministic_signing=True)
        r, s = decode_dss_signature(self.private.sign(message, algorithm))
        return r.to_bytes(32, "big") + s.to_bytes(32, "big")


def block(text):
    return "\n".join(textwrap.wrap(text, 96))


def example():
    key = Key()
    payload = cbor.encode(PAYLOAD)
    protected = cbor.encode({1: key.cose, 4: seals.kid(key)})
    signed = seals.signed_bytes(protected, payload)
    data = seals.seal(key, PAYLOAD)
    return f"""## Worked example
The key pair is P-256 with the private number SHA-256("{SEED}"); it signs nothing else.
`x` = `{key.jwk["x"]}`, `y` = `{key.jwk["y"]}`, `kid` = `{seals.kid(key).hex()}`.

The certificate is number Y000037000001263000042, version 1, of 王小明: 物流服务师 (4-02-06-03),
冷链物流员, level 3, awarded on 2026-06-30 by 潍坊职业学院 (4137012391); `iat` 1782813600.

Protected header ({len(protected)} bytes):
```
{block(protected.hex())}
```
Payload ({len(payload)} bytes):
```
{block(payload.hex())}
```
What is signed ({len(signed)} bytes) is `846a5369676e617475726531`, the protected header as
`{cbor.head(2, len(protected)).hex()}…`, `40`, and the payload as `{cbor.head(2, len(payload)).hex()}…`. Signature (its nonce by RFC 6979):
```
{block(key.sign(signed).hex())}
```
The seal is `d284` `{cbor.head(2, len(protected)).hex()}`‖protected `a0` `{cbor.head(2, len(payload)).hex()}`‖payload
`5840`‖signature, {len(data)} bytes; as digits:
```
{block(seals.digits(data))}
```
"""


if __name__ == "__main__":
    print(example(), end="")
