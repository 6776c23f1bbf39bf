"""What programs under Tests share: a line for each check, and a home of signet with a synthetic region."""
import os
import pathlib
import subprocess

FAILURES = []


def check(what, holds, detail=""):
    print(("ok    " if holds else "FAIL  ") + what + (f": {detail}" if not holds and detail else ""))
    if not holds:
        FAILURES.append(what)


class Home:
    """A home in a folder, and what is said to signet there."""

    def __init__(self, signet, folder, **environment):
        self.signet, self.folder = str(signet), pathlib.Path(folder)
        self.environment = {**os.environ, "SIGNET_HOME": str(self.folder / "home"), "SIGNET_PASSPHRASE": "tests", **environment}

    def begin(self, *sample, institution=None, certified=True):
        """A sample's registry, its institutions' keys, and the trust list; `institution` is the only one with a key."""
        only = ("--institution", institution) if institution else ()
        self.run("sample", "--out", self.folder / "sample", *only, *sample)
        self.run("init", "--authority", "示例中心", "--host", "verify.example.org")
        self.run("registry", "import", "--folder", self.folder / "sample")
        self.run("keys", "create", institution or "--all")
        if certified:
            self.run("keys", "certify", "--all")
        self.run("trust", "publish")

    def sheets(self):
        """The sample's, the smallest first."""
        return sorted((self.folder / "sample/results").glob("*.csv"), key=lambda path: path.stat().st_size)

    def command(self, *words):
        return [self.signet, *map(str, words)]

    def call(self, *words, **more):
        return subprocess.run(self.command(*words), env=self.environment, capture_output=True, **{"text": True, **more})

    def ended(self, *words, code=0):
        """What came of a command that ends with this code, one of these, or any where it is None."""
        done = self.call(*words)
        if code is not None and done.returncode not in (code if isinstance(code, tuple) else (code,)):
            raise SystemExit(f"{' '.join(map(str, words))}: exit {done.returncode}\n{done.stdout}{done.stderr}")
        return done

    def run(self, *words, code=0):
        return self.ended(*words, code=code).stdout
