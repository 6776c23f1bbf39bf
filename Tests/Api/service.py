"""A home with certificates, a server on it, and what its askers have: keys, an office's token, holders' links."""
import csv
import io
import json
import os
import pathlib
import subprocess
import sys
import time
import urllib.error
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "Tests/Support"))
from home import Home, check  # noqa: E402

INSTITUTION = "4137012391"
PASSPHRASE = "quiet river lamp"


class Service(Home):
    def __init__(self, signet, folder):
        bin_folder = folder / "bin"
        bin_folder.mkdir()
        (bin_folder / "signet").symlink_to(signet)
        super().__init__(signet, folder, PATH=f"{bin_folder}:{os.environ['PATH']}")
        self.begin("--candidates", "60", institution=INSTITUTION)
        self.run("issue", folder / "sample" / "results" / f"{INSTITUTION}.csv", "--award-date", "2026-07-10", "--yes")
        text = (folder / "home/issued" / f"{INSTITUTION}.issued.csv").read_text("utf-8-sig")
        self.table = list(csv.reader(io.StringIO(text)))
        self.run("holders", "invite", "--batch", "1", "--out", folder / "claims.csv")
        claims = csv.reader(io.StringIO((folder / "claims.csv").read_text("utf-8-sig")))
        self.invitations = [(number, link.split("#")[1]) for number, _, link, _ in list(claims)[1:]]
        self.office = "o" * 40
        token = folder / "token"
        token.touch(0o600)
        token.write_text(self.office)
        with open(folder / "log", "w") as log:
            self.process = subprocess.Popen(
                [signet, "serve", "--port", "0", "--receipts", "--documents-token", token, "--trusted-proxy", "127.0.0.1",
                 "--metrics-port", "0"],
                env=self.environment, stdout=subprocess.PIPE, stderr=log, text=True)
        self.url = self.process.stdout.readline().split()[-1]
        self.metrics_url = self.process.stdout.readline().split()[-1]

    def key(self, *words):
        return self.run("api-keys", "create", "--name", "test", *words).split()[-1]

    def ask(self, method, path, body=None, key=None, **headers):
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        if key:
            headers["Authorization"] = f"Bearer {key}"
        request = urllib.request.Request(self.url + path, data=body, method=method, headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return answer.status, answer.read(), answer.headers
        except urllib.error.HTTPError as error:
            return error.code, error.read(), error.headers

    def metric(self, name):
        with urllib.request.urlopen(self.metrics_url, timeout=60) as answer:
            lines = answer.read().decode().splitlines()
        return float(next(line.split()[-1] for line in lines if line.split()[0] == name))

    def post(self, path, body, key=None, client="192.0.2.1", method="POST"):
        """A question in JSON, from an address of the asker's choice."""
        return self.ask(method, path, json.dumps(body).encode(), key, Content_Type="application/json",
                        X_Forwarded_For=client)

    def claimed(self):
        """A holder who has just come in: number and session."""
        number, token = self.invitations.pop()
        status, body, _ = self.post("/v1/holder/claim", {"token": token, "passphrase": PASSPHRASE},
                                    client=f"203.0.113.{len(self.invitations)}")
        check("a link lets its holder in", status == 200, status)
        return number, json.loads(body)["session"]

    def send(self, content, key=None, **headers):
        status, body, _ = self.ask("POST", "/v1/verifications", content, key, Content_Type="text/csv", **headers)
        return status, json.loads(body)

    def finished(self, job, key=None):
        for _ in range(600):
            status, body, _ = self.ask("GET", f"/v1/verifications/{job['id']}", key=key)
            if status != 200 or json.loads(body)["state"] in ("done", "failed"):
                return json.loads(body)
            time.sleep(0.1)
        raise SystemExit("a verification never ended")


def rows(*lines):
    out = io.StringIO()
    csv.writer(out).writerows(lines)
    return out.getvalue().encode()


