"""Holders: what a wrong passphrase and an unknown number show of themselves, and what the record keeps of acts."""
import collections
import itertools
import json
import random
import threading
import time

from home import check
from service import PASSPHRASE

SUSPECT, SAMPLES = 3.29, 3


def guesses(service):
    """Kinds are told apart when a sample of each shows it, three times in a row: by chance, one run in 10⁹."""
    kinds = "wrong passphrase", "nobody's number", "not claimed yet"
    apart = dict.fromkeys(itertools.combinations((*kinds, "no question"), 2), 0)
    answers = set()
    for sample in range(SAMPLES):
        times = guessed(service, sample, answers)
        for one, other in apart:
            apart[one, other] += abs(deviation(times[one], times[other])) >= SUSPECT
        if all(apart[pair] <= sample for pair in itertools.combinations(kinds, 2)):
            break
    check("a wrong passphrase and an unknown number get one answer", len(answers) == 1 and {s for s, *_ in answers} == {401},
          answers)
    for one, other in apart:
        if other == "no question":
            check(f"{one}: control: without the passphrase's work it shows in time", apart[one, other] == sample + 1, apart)
        else:
            check(f"{one} and {other}: in one time", apart[one, other] < SAMPLES, apart)


def guessed(service, sample, answers, rounds=24):
    """Seconds by kind. Interleaved in chance order, so that whatever else the machine does touches all alike; each from
    an address of its own, and a number only as often as it may be tried."""
    holders = [service.claimed()[0] for _ in range(3)]
    invited = [number for number, _ in service.invitations[:3]]
    del service.invitations[:3]
    times = collections.defaultdict(list)
    for i in range(rounds):
        asked = {"wrong passphrase": holders[i % 3], "nobody's number": f"Y{sample * rounds + i:021}",
                 "not claimed yet": invited[i % 3], "no question": ""}
        for kind, number in random.sample(sorted(asked.items()), len(asked)):
            start = time.monotonic()
            status, body, headers = service.post(
                "/v1/holder/session", {"number": number, "passphrase": "wrong " + PASSPHRASE if number else "x"},
                client=f"198.18.{2 * sample + (not number)}.{i}")
            times[kind].append(time.monotonic() - start)
            if number:
                answers.add((status, body, tuple(name for name, _ in headers.items())))
    status, _, _ = service.post("/v1/holder/session", {"number": holders[0], "passphrase": PASSPHRASE})
    check("the right one lets in (control)", status == 200, status)
    return times


def deviation(first, second):
    """Of the first's rank sum (Mann-Whitney), in standard deviations from what equal kinds would have."""
    m, n = len(first), len(second)
    wins = sum((a > b) + (a == b) / 2 for a in first for b in second)
    return (wins - m * n / 2) / (m * n * (m + n + 1) / 12) ** 0.5


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
    check("each of one certificate", len({act["subject"]["certificate"] for act in new}) == 1 and all(
        act["actor"] == "holder" for act in new), new)
    text = json.dumps(new, ensure_ascii=False)
    check("without number, label or code", not any(word in text for word in (number, label, made["code"], session)))
    service.run("audit", "verify")
    check("and the record holds", True)


def acts(service):
    return [json.loads(line) for line in service.run("audit", "list", "--json").splitlines()]
