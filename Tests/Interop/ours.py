"""What Signet made, checked by others' programs: `cwt`, `cryptography`, OpenSSL's command line, ZXing."""

import base64
import json
import pathlib
import subprocess
from datetime import date

import cbor2
import zxingcpp
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cwt import COSE, COSEKey
from PIL import Image

import reading
from product import AWARD_DATE


def cryptography_accepts(key, signature, message):
    try:
        if isinstance(key, ec.EllipticCurvePublicKey):
            r, s = (int.from_bytes(part, "big") for part in (signature[:32], signature[32:]))
            key.verify(encode_dss_signature(r, s), message, ec.ECDSA(hashes.SHA256()))
        else:
            key.verify(signature, message)
    except InvalidSignature:
        return False
    return True


def openssl_accepts_sm2(pem, signature, message, folder):
    folder = pathlib.Path(folder)
    r, s = (int.from_bytes(part, "big") for part in (signature[:32], signature[32:]))
    (folder / "key.pem").write_text(pem)
    (folder / "signature").write_bytes(encode_dss_signature(r, s))
    (folder / "message").write_bytes(message)
    result = subprocess.run(
        ["openssl", "dgst", "-sm3", "-verify", folder / "key.pem", "-sigopt", "distid:1234567812345678",
         "-signature", folder / "signature", folder / "message"], capture_output=True, text=True)
    return "Verified OK" in result.stdout


def parts(data):
    """Protected header, payload, signature and the bytes that were signed."""
    message = cbor2.loads(data)
    protected, unprotected, payload, signature = message.value
    if message.tag != 18 or unprotected != {}:
        raise AssertionError("not the COSE_Sign1 that the format describes")
    return protected, payload, signature, cbor2.dumps(["Signature1", protected, b"", payload])


def check_claims(row, institution, payload):
    claims = cbor2.loads(payload)
    certificate = claims[-65537]
    found = (certificate[1], certificate[4], certificate[6], certificate[5], certificate.get(7, ""), certificate[3])
    said = tuple(row[name] for name in ("证书编号", "姓名", "职业名称", "职业编码", "工种/职业方向", "机构名称"))
    assert found == said, "the claims differ from the issued list"
    assert claims[1] == institution and len(claims[7]) == 16 and certificate[2] == 1
    assert certificate[9] == (date.fromisoformat(AWARD_DATE) - date(1970, 1, 1)).days


def seals(product, folder):
    """Every seal of the three institutions; yields (name, check)."""
    keys = product.keys()
    for institution, algorithm in product.ALGORITHMS.items():
        kid, pem, jwk = keys[institution]
        rows = product.issued(institution)
        assert len(rows) >= 5, "too few certificates to say anything"
        for row in rows[:12]:
            data = reading.seal_bytes(row["二维码内容"])
            protected, payload, signature, signed = parts(data)
            header = cbor2.loads(protected)
            assert header[4].hex() == kid
            check_claims(row, institution, payload)
            if algorithm == "SM2":
                assert openssl_accepts_sm2(pem, signature, signed, folder), "OpenSSL refuses an SM2 seal"
                assert not openssl_accepts_sm2(pem, signature, signed + b"\0", folder)
                continue
            key = serialization.load_pem_public_key(pem.encode())
            assert cryptography_accepts(key, signature, signed), "cryptography refuses a seal"
            assert cwt_payload(jwk, kid, algorithm, data) == payload, "cwt refuses a seal"
            # The control: one bit off, and both refuse.
            bad = bytearray(data)
            bad[len(data) // 2] ^= 1
            assert not survives(key, jwk, kid, algorithm, bytes(bad)), "a flipped bit went unseen"


def survives(key, jwk, kid, algorithm, data):
    try:
        _, _, signature, signed = parts(data)
        if cryptography_accepts(key, signature, signed):
            return True
        cwt_payload(jwk, kid, algorithm, data)
        return True
    except Exception:  # any refusal will do
        return False


def cwt_payload(jwk, kid, algorithm, data):
    x, y = (raw(jwk[name]) if name in jwk else None for name in ("x", "y"))
    parameters = {1: 2, -1: 1, -2: x, -3: y, 3: -7} if algorithm == "ES256" else {1: 1, -1: 6, -2: x, 3: -8}
    key = COSEKey.new({**parameters, 2: bytes.fromhex(kid)})
    return COSE.new(alg_auto_inclusion=False, kid_auto_inclusion=False).decode(data, key)


def raw(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def trust_list(product):
    """The published list is a JWS under root.pub.pem."""
    jws = (product.home / "trust" / "trust-list.jws").read_text().strip()
    root = serialization.load_pem_public_key((product.home / "keys" / "root.pub.pem").read_bytes())
    header, payload, signature = jws.split(".")

    assert json.loads(raw(header)).keys() == {"alg", "kid", "typ"}
    signed = f"{header}.{payload}".encode()
    assert cryptography_accepts(root, raw(signature), signed), "cryptography refuses the trust list"
    assert not cryptography_accepts(root, raw(signature), signed + b"x")
    content = json.loads(raw(payload))
    kids = {key["kid"] for institution in content["institutions"] for key in institution["keys"]}
    assert len(kids) == len(product.ALGORITHMS) and content["sequence"] == 1


def pictures(product, folder):
    """PNG from the command line, read by ZXing; a typical certificate is at most version 14."""
    row = max(product.issued("4137012391"), key=lambda row: len(row["二维码内容"]))
    path = pathlib.Path(folder) / "certificate.png"
    said = product.run("qr", row["证书编号"], "--out", path)
    assert int(said.split("version ")[1].split(",")[0]) <= 14, said
    # Of QR codes only: ZXing finds a linear code of a few characters in one code of 170.
    results = zxingcpp.read_barcodes(Image.open(path), formats=zxingcpp.BarcodeFormat.QRCode)
    assert [result.text for result in results] == [row["二维码内容"]], "ZXing reads something else"
