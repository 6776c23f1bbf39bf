"""Status lists against an independent implementation, `openvc-core`, and `cwt`: ours read by theirs, theirs by ours."""

import base64
import hashlib
import json
import os
import pathlib
import subprocess
import urllib.error
import urllib.request
import zlib

import cbor2
from cryptography.hazmat.primitives import serialization
from cwt import COSE, COSEKey
from openvc.status import token_status_list as openvc
from openvc.status.issue import build_status_list_token, verify_status_list_token

import reading
import seals

URI = "https://verify.example.org/status/1"
VALUES = {"valid": 0, "revoked": 1, "suspended": 2}


def places(product):
    """Number, QR text and place in the list of our certificates."""
    for institution in product.ALGORITHMS:
        for row in product.issued(institution):
            seal = cbor2.loads(reading.seal_bytes(row["二维码内容"]))
            reference = cbor2.loads(seal.value[2])[65535]["status_list"]
            assert reference["uri"] == URI, reference
            yield row["证书编号"], row["二维码内容"], reference["idx"]


def key(product):
    pem = (product.home / "keys/status.pub.pem").read_bytes()
    public = serialization.load_pem_public_key(pem)
    numbers = public.public_numbers()
    x, y = (base64.urlsafe_b64encode(n.to_bytes(32, "big")).rstrip(b"=").decode() for n in (numbers.x, numbers.y))
    spki = public.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    return pem, {"kty": "EC", "crv": "P-256", "x": x, "y": y}, hashlib.sha256(spki).digest()[:8]


def ours(product):
    """Every place that we say is taken, as theirs read it."""
    all_places = list(places(product))
    wanted = dict.fromkeys((number for number, _, _ in all_places), "valid")
    for command, reason, status, rows in (("revoke", "misconduct", "revoked", all_places[:3]),
                                          ("suspend", "under-investigation", "suspended", all_places[3:5])):
        numbers = [number for number, _, _ in rows]
        product.run(command, *numbers, "--reason", reason, "--note", "interop")
        wanted.update(dict.fromkeys(numbers, status))
    pem, jwk, kid = key(product)
    token = (product.home / "status/1.jwt").read_text()
    claims = verify_status_list_token(token, public_key_jwk=jwk, expected_uri=URI)
    data = openvc.decode_status_list(claims["status_list"]["lst"])
    assert claims["status_list"]["bits"] == 2 and len(data) * 4 == 1 << 20
    for number, _, index in all_places:
        found = openvc.get_status(data, index, bits=2)
        assert found == VALUES[wanted[number]], f"{number}: {found}"
    assert sum(bin(byte).count("1") for byte in data) == 5, "something else is not valid"
    # The CWT says the same, under the same key.
    cwt = COSE.new().decode((product.home / "status/1.cwt").read_bytes(), COSEKey.from_pem(pem.decode(), kid=kid))
    other = cbor2.loads(cwt)
    assert other[2] == URI and other[6] == claims["iat"] and other[65534] == claims["ttl"]
    assert zlib.decompress(other[65533]["lst"]) == data


class Signer:
    """A key of ours in the shape that openvc asks for."""

    alg = "ES256"

    def __init__(self, private, kid):
        self.private, self.kid = private, kid

    def sign(self, message):
        return self.private.sign(message)


def theirs(product, world, folder):
    """A list that openvc made and signed, read by us."""
    status_key = seals.ES256()
    kid = seals.kid(status_key).hex()
    folder = pathlib.Path(folder)
    trust = folder / "status-trust.jws"
    payload = seals.trust_list([seals.key_entry(world.es256)], status_keys=[seals.key_entry(status_key)])
    trust.write_text(seals.signed_list(world.root, payload))
    for value, expected in ((0, "valid"), (1, "revoked"), (2, "suspended")):
        data = openvc.new_status_list(1 << 17, bits=2)
        openvc.set_status(data, 7, value, bits=2)
        token = build_status_list_token(
            signing_key=Signer(status_key, kid), uri=URI, status_list=bytes(data), bits=2, ttl=300,
            issued_at=seals.NOW - 5, expires=seals.NOW + 3600)
        (folder / "theirs.jwt").write_text(token)
        claims = seals.claims(claim_65535={"status_list": {"idx": 7, "uri": URI}})
        text = seals.qr_text(seals.seal(world.es256, claims))
        result = product.call("verify", "--json", "--trust", trust, "--root", world.pinned, "--status",
                              folder / "theirs.jwt", "--", text)
        verdict = json.loads(result.stdout.splitlines()[0])
        assert (verdict.get("reason") or verdict["verdict"]) == expected, verdict


def asked(base, text):
    """What a server with a store tells whoever shows the certificate's random id."""
    claims = cbor2.loads(cbor2.loads(reading.seal_bytes(text)).value[2])
    body = json.dumps({"id": claims[7].hex(), "version": claims[-65537][2]}).encode()
    request = urllib.request.Request(f"{base}/v1/status-details", body, {"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as error:
        assert error.code == 404, error.code
        return None


def details(product):
    """A server answers from its store why a certificate is not valid, and leads on to its new version."""
    before = list(places(product))
    number, old, _ = before[10]
    product.run("correct", number, "--holder", "王更正", "--reason", "Name as on the identity card")
    revoked = next(text for _, text, _ in before[:3])
    environment = dict(os.environ, SIGNET_HOME=str(product.home), SIGNET_PASSPHRASE="interop")
    with subprocess.Popen([product.signet, "serve", "--port", "0"], env=environment, stdout=subprocess.PIPE, text=True,
                          stderr=subprocess.DEVNULL) as server:
        try:
            base = server.stdout.readline().split()[-1]
            answer = asked(base, old)
            assert (answer["status"], answer["reason"]) == ("superseded", "corrected"), answer
            verdict = product.call("verify", "--json", "--", answer["successor"])
            found = json.loads(verdict.stdout.splitlines()[0])
            assert found["verdict"] == "valid" and found["certificate"]["number"] == number, found
            assert found["certificate"]["holderName"] == "王更正", found
            # The control: of what is valid, the new version among it, nothing is told.
            assert asked(base, before[11][1]) is None and asked(base, answer["successor"]) is None
            answer = asked(base, revoked)
            assert (answer["status"], answer["reason"]) == ("revoked", "misconduct") and "successor" not in answer, answer
        finally:
            server.terminate()


def checks(product, world, folder):
    yield "our status lists: openvc-core, cwt", lambda: ours(product)
    yield "their status lists: openvc-core", lambda: theirs(product, world, folder)
    yield "status details from a store", lambda: details(product)
