"""Holders: what a wrong passphrase and an unknown number show of themselves, and what the record keeps of acts."""
import collections
import json
import statistics
import threading
import time

from service import PASSPHRASE, check


def guesses(service, rounds=24):
    """In turn, so that whatever else the machine does touches all alike. Each from an address of its own, and a number
    only as often as it may be tried."""
    holders = [service.claimed()[0] for _ in range(3)]
    invited = [number for number, _ in service.invitations[:3]]
    times, answers = collections.defaultdict(list), set()
    for i in range(rounds):
        asked = {"wrong passphrase": holders[i % 3], "nobody's number": f"Y{i:021}", "not claimed yet": invited[i % 3]}
        for kind, number in asked.items():
            start = time.monotonic()
            status, body, headers = service.post(
                "/v1/holder/session", {"number": number, "passphrase": "wrong " + PASSPHRASE}, client=f"198.51.100.{i}")
            times[kind].append(time.monotonic() - start)
            answers.add((status, body, tuple(name for name, _ in headers.items())))
        start = time.monotonic()
        service.post("/v1/holder/session", {"number": "", "passphrase": "x"}, client=f"198.51.101.{i}")
        times["no question"].append(time.monotonic() - start)
    check("a wrong passphrase and an unknown number get one answer", len(answers) == 1 and {s for s, *_ in answers} == {401},
          answers)
    # The quicker half: what other work on the machine adds is no news of the server.
    middle = {kind: statistics.mean(sorted(each)[:rounds // 2]) for kind, each in times.items()}
    least, most = (pick(middle[kind] for kind in asked) for pick in (min, max))
    words = ", ".join(f"{kind} {seconds * 1000:.0f} ms" for kind, seconds in middle.items())
    check(f"in one time ({words})", most <= least * 1.1, words)
    check("of which the passphrase is the most (control: without that work it shows)", middle["no question"] < least / 3, words)
    status, _, _ = service.post("/v1/holder/session", {"number": holders[0], "passphrase": PASSPHRASE})
    check("the right one lets in (control)", status == 200, status)


def crowd(service, count=70):
    """More passphrases at once than wait to be compared; the holder's own device gets in all the same."""
    number, _ = service.claimed()
    status, _, headers = service.post("/v1/holder/session", {"number": number, "passphrase": PASSPHRASE},
                                      client="203.0.113.200")
    cookie = (headers["Set-Cookie"] or "").split(";")[0]
    check("who comes in has a cookie that tells the device", status == 200 and "device" in cookie, headers.items())
    for index in range(12):
        service.post("/v1/holder/session", {"number": number, "passphrase": "wrong"}, client=f"198.51.102.{index}")
    status, _, _ = service.post("/v1/holder/session", {"number": number, "passphrase": PASSPHRASE}, client="203.0.113.201")
    check("strangers' tries keep a new device waiting (control)", status == 429, status)
    answers = []
    threads = [threading.Thread(target=lambda i=i: answers.append(service.post(
        "/v1/holder/session", {"number": f"S{i:021}", "passphrase": "x"}, client=f"198.51.103.{i}"))) for i in range(count)]
    for thread in threads:
        thread.start()
    body = json.dumps({"number": number, "passphrase": PASSPHRASE}).encode()
    status, _, _ = service.ask("POST", "/v1/holder/session", body, Content_Type="application/json", Cookie=cookie,
                               X_Forwarded_For="198.51.103.1")
    for thread in threads:
        thread.join()
    statuses = collections.Counter(status for status, _, _ in answers)
    check("of many at once some are told to come again, the others are answered", statuses[503] and statuses[401]
          and statuses[503] + statuses[401] == count, statuses)
    check("each with a time", all(headers["Retry-After"] for code, _, headers in answers if code == 503))
    check("the known device came in among them", status == 200, status)


def recorded(service):
    """Every act of a holder, by the certificate's random id, and nothing that could be used."""
    before = acts(service)
    number, session = service.claimed()
    label = "Example Ltd"
    made = json.loads(service.post("/v1/holder/shares", {"label": label, "days": 1, "scores": True, "photo": True}, session)[1])
    service.post("/v1/share", {"code": made["code"]})
    status, _, _ = service.ask("DELETE", f"/v1/holder/shares/{made['share']['id']}", key=session)
    status_again, _, _ = service.post("/v1/share", {"code": made["code"]})
    check("a share code ends when its holder says so", (status, status_again) == (204, 404), (status, status_again))
    new = acts(service)[len(before):]
    kinds = [act["act"] for act in new]
    check("a holder's acts are in the record", kinds == ["holder-claim", "share-create", "share-cancel"], kinds)
    check("each of one certificate", len({act["subject"] for act in new}) == 1 and all(
        act["actor"] == "holder" for act in new), new)
    text = json.dumps(new, ensure_ascii=False)
    check("without number, label or code", not any(word in text for word in (number, label, made["code"], session)))
    service.run("audit", "verify")
    check("and the record holds", True)


def acts(service):
    return [json.loads(line) for line in service.run("audit", "list", "--json").splitlines()]
