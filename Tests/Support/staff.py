"""Somebody who works with the portal, without a browser: cookies, forms, and a passkey in software (Web Authentication
Level 3, ES256). What a person would see is for the tests in a real browser."""

import base64
import hashlib
import html
import http.client
import json
import os
import re
import struct
import urllib.parse

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


def b64(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def unb64(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def cbor(value):
    """As much of RFC 8949 as a registration needs."""
    def head(major, number):
        if number < 24:
            return bytes([major << 5 | number])
        return bytes([major << 5 | 24, number]) if number < 256 else bytes([major << 5 | 25]) + struct.pack(">H", number)
    if isinstance(value, int):
        return head(0, value) if value >= 0 else head(1, -1 - value)
    if isinstance(value, bytes):
        return head(2, len(value)) + value
    if isinstance(value, str):
        return head(3, len(value.encode())) + value.encode()
    return head(5, len(value)) + b"".join(cbor(key) + cbor(item) for key, item in value.items())


class Answer:
    def __init__(self, response, body):
        self.status, self.headers, self.body = response.status, response.headers, body

    @property
    def text(self):
        return self.body.decode()

    def json(self):
        return json.loads(self.body)


class Staff:
    """One person at one browser."""

    def __init__(self, base):
        self.base = base
        self.place = urllib.parse.urlsplit(base).netloc
        self.cookies = {}
        self.form_token = ""
        self.id, self.counter = os.urandom(16), 0
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.handle = b""

    # As a browser asks.

    def request(self, method, path, body=None, headers=None):
        connection = http.client.HTTPConnection(self.place, timeout=120)
        sent = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()), **(headers or {})}
        if method == "POST":
            sent["Sec-Fetch-Site"] = "same-origin"
        connection.request(method, path, body, sent)
        response = connection.getresponse()
        answer = Answer(response, response.read())
        connection.close()
        for line in response.headers.get_all("Set-Cookie") or []:
            name, value = line.split(";")[0].split("=", 1)
            self.cookies[name] = value
        return answer

    def get(self, path):
        """Follows one redirection, and takes up the page's token for forms."""
        answer = self.request("GET", path)
        if answer.status == 303:
            answer = self.request("GET", answer.headers["Location"])
        if found := re.search(r'name="csrf" value="([^"]+)"', answer.body.decode(errors="replace")):
            self.form_token = html.unescape(found[1])
        return answer

    def post(self, path, fields=None, accept="text/html"):
        """Fields: a dictionary, or pairs where a name comes twice."""
        pairs = list(fields.items()) if isinstance(fields, dict) else list(fields or [])
        body = urllib.parse.urlencode([("csrf", self.form_token), *pairs])
        return self.request("POST", path, body, {"Content-Type": "application/x-www-form-urlencoded", "Accept": accept})

    def upload(self, path, fields, name, content, field="file"):
        border = b64(os.urandom(12))
        parts = [f'--{border}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'.encode()
                 for key, value in {"csrf": self.form_token, **fields}.items()]
        parts.append(f'--{border}\r\nContent-Disposition: form-data; name="{field}"; filename="{name}"\r\n'
                     "Content-Type: application/octet-stream\r\n\r\n".encode() + content + b"\r\n")
        parts.append(f"--{border}--\r\n".encode())
        return self.request("POST", path, b"".join(parts), {"Content-Type": f"multipart/form-data; boundary={border}"})

    # As an authenticator answers.

    def client(self, kind, challenge):
        return json.dumps({"type": f"webauthn.{kind}", "challenge": challenge, "origin": self.base, "crossOrigin": False},
                          separators=(",", ":")).encode()

    def data(self, flags):
        host = self.place.split(":")[0]
        return hashlib.sha256(host.encode()).digest() + bytes([flags]) + struct.pack(">I", self.counter)

    def registration(self, options):
        numbers = self.key.public_key().public_numbers()
        cose = cbor({1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32, "big"), -3: numbers.y.to_bytes(32, "big")})
        self.handle = unb64(options["user"]["id"])
        attested = bytes(16) + struct.pack(">H", len(self.id)) + self.id + cose
        data = self.data(PRESENT | VERIFIED | ATTESTED) + attested
        made = cbor({"fmt": "none", "attStmt": {}, "authData": data})
        return self.credential(clientDataJSON=self.client("create", options["challenge"]), attestationObject=made)

    def assertion(self, options):
        self.counter += 1
        client, data = self.client("get", options["challenge"]), self.data(PRESENT | VERIFIED)
        signature = self.key.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        return self.credential(
            clientDataJSON=client, authenticatorData=data, signature=signature, userHandle=self.handle)

    def credential(self, **response):
        return json.dumps({"id": b64(self.id), "rawId": b64(self.id), "type": "public-key",
                           "response": {name: b64(value) for name, value in response.items()}})

    # What staff do.

    def begin(self, path, fields):
        answer = self.post(path, fields, accept="application/json")
        assert answer.status == 200, f"{path}: {answer.status} {answer.text[:300]}"
        return answer.json()

    def enrol(self, link):
        token = link.split("#")[1]
        self.get("/enrol")
        options = self.begin("/enrol/begin", {"token": token})["options"]
        answer = self.post("/enrol", {"token": token, "label": "test", "credential": self.registration(options)})
        assert answer.status == 200 and "恢复码" in answer.text, f"enrol: {answer.status} {answer.text[:300]}"
        return self

    def sign_in(self):
        self.get("/sign-in")
        options = self.begin("/sign-in/begin", {})["options"]
        answer = self.post("/sign-in", {"next": "/", "credential": self.assertion(options)})
        assert answer.status == 303, f"sign in: {answer.status} {answer.text[:300]}"
        self.get("/")
        return self

    def approve(self, submission):
        """Reads the statement from the bytes that are signed, as the page's script does."""
        self.get(f"/reviews/{submission}/approve")
        asked = self.begin("/reviews/approve/begin", {"submission": submission})
        statement = unb64(asked["statement"])
        assert b64(hashlib.sha256(statement).digest()) == asked["options"]["challenge"], "another statement"
        return self.post("/reviews/approve", {
            "submission": submission, "statement": asked["statement"], "credential": self.assertion(asked["options"])})
