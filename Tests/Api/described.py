"""schemathesis tries the API by its description, to which examples are added that this very home can answer."""
import json
import re
import subprocess

from home import check
from service import PASSPHRASE, ROOT, rows


def described(service, count):
    """Bounded: schemathesis would go on for as long as it may."""
    key = service.key("--per-minute", "6000", "--scope", "verify", "--scope", "lookup")
    description, sessions = with_examples(service, key)
    file, reached = service.folder / "openapi.json", service.folder / "reached"
    file.write_text(json.dumps(description))
    secrets = {"^/v1/holder": sessions, "^/v1/(documents|batches)": service.office, "": key}
    checks = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance"
    done = subprocess.run(
        ["schemathesis", "run", str(file), "--url", service.url, "--checks", checks, "--max-examples", str(count),
         "--phases", "examples,coverage,fuzzing", "--seed", "1", "--workers", "1", "--generation-database", "none",
         "--request-timeout", "20"],
        env=dict(service.environment, SCHEMATHESIS_HOOKS=str(ROOT / "Tests/Api/hooks.py"), REACHED=str(reached),
                 SECRETS=json.dumps(secrets)),
        cwd=service.folder, capture_output=True, text=True, timeout=1200)
    check("schemathesis finds the server as described, without a server error", done.returncode == 0, done.stdout[-3000:])
    if done.returncode == 0:
        print("      " + " · ".join(re.findall(r"(\d+ generated|Tested: \d+|Operations: .*)", done.stdout)))
    operations = {f"{method} {path}" for path, item in description["paths"].items() for method in item
                  if method != "parameters"}
    done_well = {line.rsplit(" ", 1)[0] for line in reached.read_text().splitlines() if line.rsplit(" ", 1)[1][0] == "2"}
    check(f"it got inside all {len(operations)} operations", done_well == operations, operations - done_well)
    log = (service.folder / "log").read_text()
    check("nothing failed in the log", "request failed" not in log and "verification failed" not in log, log[-500:])


def with_examples(service, key):
    """The served description, and the session of the holder that its examples are about."""
    description = json.loads(service.ask("GET", "/v1/openapi.json")[1])
    paths, (good, bad) = description["paths"], service.table[1:3]
    number, session = service.claimed()
    invited = service.invitations.pop()[1]
    codes = [json.loads(service.post("/v1/holder/shares", {
        "label": "A", "days": 1, "scores": True, "photo": False}, session)[1]) for _ in range(2)]
    seal = json.loads(service.run("verify", "--json", bad[-1]))["certificate"]
    service.run("revoke", bad[1], "--reason", "result-annulled", "--note", "test", "--yes-count", "1")
    service.run("qr", good[1], "--out", service.folder / "code.png")
    status, pdf, _ = service.ask("GET", f"/v1/documents/{good[1]}", key=service.office)
    check("an office gets a document", status == 200 and pdf.startswith(b"%PDF"), status)
    (service.folder / "good.pdf").write_bytes(pdf)
    jobs = iter([service.send(rows(["qr", "i"], [good[-1], i]), key)[1] for i in range(4)])

    def body(path, value, kind="application/json"):
        paths[path]["post"]["requestBody"]["content"][kind]["example"] = value

    def parameter(path, method, name, value):
        operation = paths[path][method]
        kept = operation.get("parameters") or paths[path]["parameters"]
        operation["parameters"] = [dict(one, example=value) if one["name"] == name else one for one in kept]

    body("/v1/verify", {"seal": good[-1]})
    body("/v1/verify-document", "file:good.pdf", "application/pdf")
    body("/v1/decode", "file:code.png", "image/png")
    body("/v1/lookup", {"number": good[1], "name": good[2]})
    body("/v1/status-details", {"id": seal["id"], "version": 1})
    body("/v1/verifications", "qr\n" + good[-1], "text/csv")
    for path, method in (("", "get"), ("", "delete"), ("/result", "get"), ("/receipt", "get")):
        job = service.finished(next(jobs), key)
        parameter("/v1/verifications/{id}" + path, method, "id", job["id"])
    body("/v1/holder/claim", {"token": invited, "passphrase": PASSPHRASE})
    body("/v1/holder/session", {"number": number, "passphrase": PASSPHRASE})
    body("/v1/holder/shares", {"label": "B", "days": 30, "scores": False, "photo": True})
    parameter("/v1/holder/shares/{id}", "delete", "id", codes[0]["share"]["id"])
    body("/v1/share", {"code": codes[1]["code"]})
    parameter("/v1/documents/{number}", "get", "number", good[1])
    parameter("/v1/batches/{number}/documents.zip", "get", "number", 1)
    return description, session
