"""Status list tokens made from the specification alone, without a line of the product."""

import json
import zlib

import seals
from seals import DAY, NOW, base64url, kid

URI = f"https://{seals.HOST}/status/1"


def packed(size, bits, entries):
    data = bytearray(size * bits // 8)
    for index, value in entries.items():
        data[index * bits // 8] |= value << (index * bits % 8)
    return zlib.compress(bytes(data), 9)


def bomb():
    """Little to send, 64 MiB to hold."""
    return zlib.compress(bytes(64 << 20), 9)


def token(key, entries=None, size=1 << 17, bits=2, raw=None, typ="statuslist+jwt", **changes):
    content = packed(size, bits, entries or {}) if raw is None else raw
    payload = {
        "sub": URI, "iat": NOW - 60, "exp": NOW + DAY, "ttl": 300,
        "status_list": {"bits": bits, "lst": base64url(content)}, **changes}
    header = {"alg": key.name, "kid": kid(key).hex(), "typ": typ}
    parts = [base64url(json.dumps(part).encode()) for part in (header, payload)]
    return ".".join(parts + [base64url(key.sign(".".join(parts).encode()))])
