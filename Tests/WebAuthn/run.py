#!/usr/bin/env python3
"""Asks PyPI's webauthn and fido2 about Tests/Vectors/webauthn/cases.json: what is sound, both must take; what is wrong, both
must refuse, but for the rules that they do not have, which are named here. WebAuthnTests reads the same file."""

import json
import pathlib
import sys
import warnings

from fido2 import cbor
from fido2.cose import CoseKey
from fido2.server import Fido2Server
from fido2.utils import websafe_encode
from fido2.webauthn import AttestedCredentialData, PublicKeyCredentialRpEntity, UserVerificationRequirement

import webauthn

warnings.filterwarnings("ignore")
FILE = pathlib.Path(__file__).resolve().parent.parent / "Vectors" / "webauthn" / "cases.json"


def b64(text):
    return websafe_encode(bytes.fromhex(text))


def body(case):
    names = [n for n in ("clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle") if n in case]
    identifier = b64(case["id"])
    return {"id": identifier, "rawId": identifier, "type": "public-key", "clientExtensionResults": {},
            "response": {name: b64(case[name]) for name in names}}


def by_webauthn(case, file):
    common = {"credential": body(case), "expected_challenge": bytes.fromhex(case["challenge"]),
              "expected_rp_id": file["rp"], "expected_origin": file["origin"], "require_user_verification": True}
    if case["kind"] == "registration":
        made = webauthn.verify_registration_response(**common)
        assert made.credential_id.hex() == case["id"], "another id"
    else:
        assert case["userHandle"] == case["recordHandle"] and case["id"] == case["recordID"], "another account"
        webauthn.verify_authentication_response(
            **common, credential_public_key=bytes.fromhex(case["cose"]), credential_current_sign_count=0)


def by_fido2(case, file):
    server = Fido2Server(PublicKeyCredentialRpEntity(id=file["rp"], name="Signet"),
                         verify_origin=lambda origin: origin == file["origin"])
    state = {"challenge": b64(case["challenge"]), "user_verification": UserVerificationRequirement.REQUIRED}
    if case["kind"] == "registration":
        made = server.register_complete(state, body(case))
        assert made.credential_data.credential_id.hex() == case["id"], "another id"
    else:
        assert case["userHandle"] == case["recordHandle"], "another account"
        key = CoseKey.parse(cbor.decode(bytes.fromhex(case["cose"])))
        known = AttestedCredentialData.create(bytes(16), bytes.fromhex(case["recordID"]), key)
        server.authenticate_complete(state, [known], body(case))


def let_pass(verify, file):
    """Names of what is wrong and was taken; what is sound and was not is an error at once."""
    passed = set()
    for case in file["cases"]:
        try:
            verify(case, file)
        except Exception as error:  # whatever it is, the case was not taken
            if case["expect"] == "accepted":
                sys.exit(f"FAIL {verify.__name__} refuses {case['kind']} \"{case['name']}\": {error!r}")
        else:
            if case["expect"] != "accepted":
                passed.add(f"{case['kind']}: {case['name']}")
    return passed


def main():
    file = json.loads(FILE.read_text())
    sound = sum(case["expect"] == "accepted" for case in file["cases"])
    wrong = len(file["cases"]) - sound
    expected = json.loads((FILE.parent / "let-pass.json").read_text())
    for verify in (by_webauthn, by_fido2):
        passed = let_pass(verify, file)
        name = verify.__name__.removeprefix("by_")
        if passed != set(expected[name]):
            print("FAIL", name, "now takes", sorted(passed - set(expected[name])), "and refuses",
                  sorted(set(expected[name]) - passed))
            sys.exit(1)
        print(f"ok   {name}: {sound} sound taken, {wrong - len(passed)} of {wrong} wrong refused; the rest are rules of ours")


if __name__ == "__main__":
    main()
