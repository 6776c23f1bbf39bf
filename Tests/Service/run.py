#!/usr/bin/env python3
"""A server under bad manners and at its end: connections that trickle hurt nobody else, verifying goes on while
certificates are issued, signatures are checked before anybody asks, and a server that is told to stop answers what it
has begun.

Usage: run.py --signet PATH [--slow-readers N]
"""
import argparse
import contextlib
import json
import os
import pathlib
import select
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "Support"))
from home import FAILURES, Home, check  # noqa: E402


class Service(Home):
    """A home with certificates, and a server on a loopback port."""

    def __init__(self, signet, folder):
        super().__init__(signet, folder)
        self.begin("--candidates", "900", certified=False)
        self.run("issue", self.sheets()[0], "--award-date", "2026-07-10", "--yes", code=(0, 1))
        lists = self.issued()
        self.seal = next(line for line in lists.splitlines() if "https://" in line).rsplit(",", 1)[1].strip('"')
        self.body = json.dumps({"seal": self.seal}).encode()
        self.count = lists.count("https://")

    def issued(self):
        return "".join(path.read_text("utf-8-sig") for path in (self.folder / "home/issued").glob("*.issued.csv"))

    def flip(self):
        """One bit of one signature in the store; twice leaves it as it was."""
        with sqlite3.connect(self.folder / "home/signet.sqlite", timeout=20) as store:
            number, certificate, signature = store.execute(
                "SELECT number, certificate, signature FROM seal JOIN certificate ON id = certificate LIMIT 1").fetchone()
            changed = signature[:-1] + bytes([signature[-1] ^ 1])
            store.execute("UPDATE seal SET signature = ? WHERE certificate = ?", (changed, certificate))
        store.close()
        line = next(line for line in self.issued().splitlines() if number in line)
        self.broken = number, line.split(number + ",")[1].split(",")[0]

    def start(self):
        self.process = subprocess.Popen(
            [self.signet, "serve", "--port", "0", "--metrics-port", "0", "--max-connections-per-address", "500",
             "--max-connections", "4000"],
            env=self.environment, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, text=True)
        self.base = self.process.stdout.readline().split()[-1]
        self.metrics = self.process.stdout.readline().split()[-1]
        self.address = ("127.0.0.1", int(self.base.rsplit(":", 1)[1]))

    def stop(self):
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(timeout=30)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()

    def resident(self):
        """Bytes of memory that the server holds."""
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(next(line for line in status.splitlines() if line.startswith("VmRSS:")).split()[1]) << 10

    def connection(self):
        return socket.create_connection(self.address, timeout=20)

    def verified(self):
        """Seconds that one verification takes, from the connection to the answer."""
        start = time.perf_counter()
        request = urllib.request.Request(
            self.base + "/v1/verify", data=self.body, headers={"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=20) as answer:
            verdict = json.loads(answer.read())["verdict"]
        if verdict != "valid":
            raise AssertionError(verdict)
        return time.perf_counter() - start

    def lookup(self, number, name):
        request = urllib.request.Request(
            self.base + "/v1/lookup", data=json.dumps({"number": number, "name": name}).encode(),
            headers={"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=20) as answer:
            found = json.loads(answer.read())
        return found["verdict"], found.get("reason")

    def remembered(self, wanted):
        """Whether the server comes to remember so many right signatures, and then no more."""
        end = time.monotonic() + 120
        while (count := self.remembered_count()) < wanted and time.monotonic() < end:
            time.sleep(0.2)
        time.sleep(0.5)
        return count == wanted == self.remembered_count()

    def remembered_count(self):
        with urllib.request.urlopen(self.metrics, timeout=20) as answer:
            lines = answer.read().decode().splitlines()
        return int(next(line for line in lines if line.startswith("signet_signatures_remembered ")).split()[1])

    def head(self):
        return (f"POST /v1/verify HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\n"
                f"Content-Length: {len(self.body)}\r\n\r\n").encode()


def percentile(times, share):
    return sorted(times)[min(len(times) - 1, int(len(times) * share))]


def alike(service, times, what):
    """Beside a control in the same run: the same questions when nothing else is asked of the server."""
    quiet = sorted(service.verified() for _ in range(200))
    ratio = percentile(times, 0.5) / percentile(quiet, 0.5)
    print(f"      {what}: {ratio:.1f} times the time without, of {len(times)} questions")
    check(f"others are served {what}", ratio < 10, f"{ratio:.1f}")


def slow_clients(service):
    """Headers and bodies that come a byte at a time, on many connections (slowloris)."""
    slow = [service.connection() for _ in range(300)]
    wholes = [b"GET /c HTTP/1.1\r\nX-Slow: " if index % 2 else service.head() for index in range(len(slow))]
    for client, whole in zip(slow, wholes, strict=True):
        client.sendall(whole)
    ended = threading.Event()

    def trickle():
        while not ended.wait(0.5):
            for client in slow:
                with contextlib.suppress(OSError):
                    client.send(b"x")

    thread = threading.Thread(target=trickle)
    thread.start()
    try:
        times = [service.verified() for _ in range(200)]
    finally:
        ended.set()
        thread.join()
        for client in slow:
            client.close()
    alike(service, times, "beside 300 slow connections")


def slow_readers(service, count=200):
    """Many that ask for an answer of megabytes and hardly take it: what they cost does not grow with what they ask for,
    and they are ended."""
    path, size = large_result(service)
    whole = len(taken(service, path))
    check("an answer of megabytes comes whole to who takes it (control)", whole > size, whole)
    before = service.resident()
    readers = []
    for index in range(count):
        reader = socket.socket()
        reader.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        # Each from an address of its own, as looking is limited for each.
        reader.bind((f"127.0.{2 + index // 200}.{1 + index % 200}", 0))
        reader.connect(service.address)
        reader.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        reader.settimeout(10)
        readers.append(reader)
    most, got = 0, [0] * count
    for _ in range(10):
        for index, reader in enumerate(readers):
            got[index] += len(reader.recv(100))
        most = max(most, service.resident())
        time.sleep(1)
    share = (most - before) / (count * size)
    print(f"      {count} slow readers of {size >> 20} MiB each hold {share:.3f} of what they asked for")
    print(f"      {(most - before) / count / 1024:.0f} KiB each")
    check("slow readers hold no more than a MiB each", most - before < count << 20, most - before)
    check("though each was promised much more (control)", size > 4 << 20 and all(got), size)
    check("others are served meanwhile", service.verified() > 0)
    ended = ended_by_server(readers)
    check("all of them are ended", ended == count, ended)
    for reader in readers:
        reader.close()


def large_result(service, rows=2000, width=3000):
    body = "qr,filler\n" + f"1,{'x' * width}\n" * rows
    request = urllib.request.Request(
        service.base + "/v1/verifications", data=body.encode(), headers={"Content-Type": "text/csv"})
    with urllib.request.urlopen(request, timeout=60) as answer:
        path = answer.headers["Location"]
    while json.loads(taken(service, path))["state"] != "done":
        time.sleep(0.5)
    with urllib.request.urlopen(urllib.request.Request(service.base + path + "/result", method="HEAD")) as answer:
        return path + "/result", int(answer.headers["Content-Length"]) - 1


def taken(service, path):
    with urllib.request.urlopen(service.base + path, timeout=60) as answer:
        return answer.read()


def ended_by_server(readers, seconds=120):
    """How many connections the server has reset; what the readers' own systems hold is not read."""
    poll, left = select.poll(), {reader.fileno() for reader in readers}
    for number in left:
        poll.register(number, 0)
    end = time.monotonic() + seconds
    while left and time.monotonic() < end:
        for number, event in poll.poll(1000):
            if event & (select.POLLERR | select.POLLHUP):
                poll.unregister(number)
                left.discard(number)
    return len(readers) - len(left)


def hung_up(service):
    """The terminal that it was started from goes away."""
    service.process.send_signal(signal.SIGHUP)
    time.sleep(0.5)
    check("a hang-up ends nothing", service.process.poll() is None and service.verified() > 0)


def checked_ahead(service):
    """All signatures but one that is wrong are known to be right before anybody asked; the wrong one never is."""
    check("signatures are checked before anybody asks", service.remembered(service.count - 1), service.remembered_count())
    check("a wrong one is found wrong", service.lookup(*service.broken) == ("not-valid", "bad-signature"))
    check("and is not remembered", service.remembered_count() == service.count - 1)
    service.flip()
    check("mended, it is right", service.lookup(*service.broken)[0] == "valid")
    check("and is remembered", service.remembered_count() == service.count)


def while_issuing(service):
    """Every sheet but the one that was issued is issued beside the server, on the same home."""
    words = ["issue", *map(str, service.sheets()[1:]), "--award-date", "2026-07-10", "--yes"]
    issuing = subprocess.Popen(
        [service.signet, *words], env=service.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    times = []
    while issuing.poll() is None:
        times.append(service.verified())
    check("certificates were issued beside it", issuing.wait() in (0, 1) and len(times) > 10, f"{len(times)} questions")
    alike(service, times, "while certificates are issued")
    count = service.issued().count("https://")
    check("their signatures are checked before anybody asks, too", service.remembered(count), service.remembered_count())


def ended(service):
    """What was begun when the server was told to stop is answered."""
    clients = [service.connection() for _ in range(20)]
    half = len(service.body) // 2
    for client in clients:
        client.sendall(service.head() + service.body[:half])
    # It takes its answer for as long as it may, at no more than the least rate.
    path, size = large_result(service)
    reader = service.connection()
    reader.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
    time.sleep(0.5)
    service.process.send_signal(signal.SIGTERM)
    time.sleep(0.5)
    check("it does not end while questions are under way", service.process.poll() is None)
    answers = []
    for client in clients:
        answer = b""
        try:
            client.sendall(service.body[half:])
            while part := client.recv(65536):
                answer += part
        except OSError as error:
            answer += repr(error).encode()
        answers.append(answer)
    whole = sum(b" 200 " in answer and b'"verdict":"valid"' in answer for answer in answers)
    check("all of 20 questions under way are answered", whole == 20, f"{whole}: {answers[0][:80]}")
    try:
        code = service.process.wait(timeout=120)
    except subprocess.TimeoutExpired:
        code = None
    check("then it ends by itself, whoever still takes an answer", code == 0, code)
    reader.close()
    try:
        service.connection().close()
        check("and takes no more", False)
    except OSError:
        check("and takes no more", True)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--signet", required=True)
    parser.add_argument("--slow-readers", type=int, help="only this part, with so many; each takes two files")
    arguments = parser.parse_args()
    signet = os.path.abspath(arguments.signet)
    with tempfile.TemporaryDirectory(prefix="signet-service-") as folder:
        service = Service(signet, folder)
        if arguments.slow_readers is None:
            service.flip()
        service.start()
        try:
            if arguments.slow_readers is not None:
                slow_readers(service, arguments.slow_readers)
                return
            checked_ahead(service)
            slow_clients(service)
            slow_readers(service)
            hung_up(service)
            while_issuing(service)
            ended(service)
        finally:
            service.stop()
            if FAILURES:
                sys.exit(f"{len(FAILURES)} checks failed")


if __name__ == "__main__":
    main()
