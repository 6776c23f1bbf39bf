"""Lets schemathesis send files of the kinds that the API takes, each question with the secret that its route wants,
and notes what was answered."""
import json
import os
import re

import schemathesis

KINDS = ("application/pdf", "application/zip", "text/csv", "image/jpeg", "image/png", "image/webp",
         "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
SECRETS = json.loads(os.environ["SECRETS"])


@schemathesis.serializer(*KINDS)
def plain(context, value):
    if isinstance(value, str) and value.startswith("file:"):
        with open(value.removeprefix("file:"), "rb") as file:
            return file.read()
    return value if isinstance(value, bytes) else str(value).encode()


@schemathesis.hook
def before_call(context, case, kwargs):
    secret = next(secret for pattern, secret in SECRETS.items() if re.match(pattern, case.operation.path))
    case.headers = {**(case.headers or {}), "Authorization": f"Bearer {secret}"}


@schemathesis.hook
def after_call(context, case, response):
    with open(os.environ["REACHED"], "a") as file:
        file.write(f"{case.operation.method} {case.operation.path} {response.status_code}\n")
