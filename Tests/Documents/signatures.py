#!/usr/bin/env python3
"""Signed documents before independent readers: pdfsig (NSS), pyHanko and qpdf agree with `signet verify`,
on documents as they were made and on each way of tampering with them.

Usage: signatures.py --signet PATH
"""
import argparse
import contextlib
import http.server
import io
import json
import logging
import pathlib
import re
import subprocess
import sys
import tempfile
import threading

from pyhanko.keys import load_certs_from_pemder
from pyhanko.pdf_utils import generic, misc
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "Support"))
from home import FAILURES, Home, check  # noqa: E402

NAME = generic.pdf_name
logging.disable(logging.CRITICAL)


class Region(Home):
    """A home with a few documents made."""

    def __init__(self, signet, folder):
        folder.mkdir()
        super().__init__(signet, folder)
        self.begin("--seed", "7", "--candidates", "60")
        self.run("issue", self.sheets()[-1], "--award-date", "2026-07-10", "--yes")
        self.documents = []
        for language in ("zh", "bilingual", "en"):
            out = folder / language
            self.run("documents", "make", "--batch", "1", "--out", out, "--print-language", language)
            self.documents += sorted(out.glob("*.pdf"))
        self.authority = folder / "home" / "trust" / "authority-ca.pem"

    def verdict(self, pdf):
        """The verdict and its reason."""
        verdict = json.loads(self.run("verify", pdf, "--json", code=None))
        return verdict["verdict"], verdict.get("reason")


class Readers:
    """The independent readers, which trust the authority's certificate and nothing else."""

    def __init__(self, authority, folder):
        self.database = f"sql:{folder}"
        self.roots = list(load_certs_from_pemder([str(authority)]))
        folder.mkdir()
        subprocess.run(["certutil", "-N", "-d", self.database, "--empty-password"], check=True)
        subprocess.run(
            ["certutil", "-A", "-d", self.database, "-n", "authority", "-t", "C,C,C", "-i", authority], check=True)

    def pdfsig(self, pdf):
        """Whether pdfsig finds one signature, valid, trusted, over the whole file."""
        done = subprocess.run(["pdfsig", "-nssdir", self.database, pdf], capture_output=True, text=True)
        wanted = ["Signature is Valid.", "Certificate is Trusted.", "Total document signed", "ETSI.CAdES.detached"]
        return all(words in done.stdout for words in wanted) and done.stdout.count("Signature #") == 1, done.stdout

    def pyhanko(self, pdf):
        try:
            with open(pdf, "rb") as file:
                signatures = PdfFileReader(file).embedded_signatures
                if len(signatures) != 1:
                    return False, f"{len(signatures)} signatures"
                status = validate_pdf_signature(
                    signatures[0], ValidationContext(trust_roots=self.roots, allow_fetching=False))
                return status.bottom_line, status.pretty_print_details()
        except (misc.PdfError, ValueError, KeyError, IndexError) as error:
            return False, repr(error)


def untouched(region, readers):
    for pdf in region.documents:
        what = f"{pdf.parent.name}/{pdf.name[:22]}"
        check(f"{what}: signet says valid", region.verdict(pdf) == ("valid", None), region.verdict(pdf))
        for name, (holds, detail) in (("pdfsig", readers.pdfsig(pdf)), ("pyHanko", readers.pyhanko(pdf))):
            check(f"{what}: {name} says valid", holds, detail)
        done = subprocess.run(["qpdf", "--check", pdf], capture_output=True, text=True)
        check(f"{what}: qpdf finds no error", done.returncode == 0, done.stdout + done.stderr)
    with open(region.documents[0], "rb") as file:
        signature = PdfFileReader(file).embedded_signatures[0]
        types = {attribute["type"].native for attribute in signature.signer_info["signed_attrs"]}
        wanted = {"content_type", "message_digest", "signing_certificate_v2"}
        check("the signed attributes are those of the baseline, without signing-time", types == wanted, types)


def updated(pdf, change):
    """The document with an incremental update, which leaves every signed byte as it is."""
    with open(pdf, "rb") as file:
        writer = IncrementalPdfFileWriter(file)
        change(writer)
        out = io.BytesIO()
        writer.write(out)
        return out.getvalue()


def page_of(writer):
    return writer.root["/Pages"]["/Kids"].raw_get(0)


def annotate(writer):
    page = page_of(writer).get_object()
    note = generic.DictionaryObject({
        NAME("/Type"): NAME("/Annot"), NAME("/Subtype"): NAME("/FreeText"),
        NAME("/Rect"): generic.ArrayObject(map(generic.FloatObject, (50, 50, 300, 90))),
        NAME("/Contents"): generic.pdf_string("Level 1"), NAME("/F"): generic.NumberObject(4)})
    page["/Annots"].append(writer.add_object(note))
    writer.update_container(page)


def overlay(writer):
    page = page_of(writer).get_object()
    cover = generic.StreamObject(stream_data=b"1 1 1 rg 100 400 300 60 re f")
    page[NAME("/Contents")] = generic.ArrayObject([page.raw_get("/Contents"), writer.add_object(cover)])
    writer.update_container(page)


def replace_content(writer):
    """The page's own content stream under its number again: a shadow of it."""
    reference = page_of(writer).get_object().raw_get("/Contents")
    content = reference.get_object()
    replacement = generic.StreamObject(stream_data=content.data + b"\n1 1 1 rg 100 400 300 60 re f")
    writer.objects[(0, reference.idnum)] = replacement


def replace_attachment(writer):
    specification = writer.root["/Names"]["/EmbeddedFiles"]["/Names"][1]
    reference = specification["/EF"].raw_get("/F")
    replacement = generic.StreamObject(
        dict_data={NAME("/Type"): NAME("/EmbeddedFile")}, stream_data=b"another seal")
    writer.objects[(0, reference.idnum)] = replacement


def untitle(writer):
    writer.set_info(generic.DictionaryObject({NAME("/Title"): generic.pdf_string("Another")}))


def changed_page(pdf):
    content = bytearray(pdf.read_bytes())
    content[content.index(b"stream\n") + 40] ^= 1
    return bytes(content)


def changed_attachment(pdf):
    content = pdf.read_bytes()
    start = content.index(b"/EmbeddedFile")
    position = content.index(b"stream\n", start) + 60
    return content[:position] + bytes([content[position] ^ 1]) + content[position + 1:]


def emptied(pdf):
    return re.sub(rb"/Contents <[0-9A-F]+>", lambda m: b"/Contents <" + b"0" * (len(m[0]) - 12) + b">", pdf.read_bytes())


def saved_again(pdf):
    out = pdf.with_suffix(".again")
    subprocess.run(["qpdf", "--object-streams=generate", pdf, out], check=True)
    return out.read_bytes()


# What was done, how, and the reason that signet gives.
TAMPERINGS = [
    ("a changed byte of the page", changed_page, {"document-changed"}),
    ("a changed byte of the attachment", changed_attachment, {"document-changed"}),
    ("a signature taken away", emptied, {"document-changed"}),
    ("bytes after the end", lambda pdf: pdf.read_bytes() + b"%%EOF\n", {"document-appended"}),
    ("a changed title in an update", lambda pdf: updated(pdf, untitle), {"document-appended"}),
    ("an annotation in an update", lambda pdf: updated(pdf, annotate), {"document-annotated"}),
    ("a cover over the page in an update", lambda pdf: updated(pdf, overlay), {"document-overlaid"}),
    ("a shadow of the page's content", lambda pdf: updated(pdf, replace_content), {"document-overlaid"}),
    ("another attachment in an update", lambda pdf: updated(pdf, replace_attachment), {"attachment-replaced"}),
    ("saved again by another program", saved_again, {"document-copy"}),
]
# What is no document as it was signed says nothing.
UNKNOWN = {"document-copy"}
# Additions that pyHanko does not take for tampering.
TOLERANT = {"bytes after the end": {"pyHanko"}, "a changed title in an update": {"pyHanko"}}


def tampered(region, readers, folder):
    folder.mkdir()
    original = region.documents[0]
    for index, (what, tamper, reasons) in enumerate(TAMPERINGS):
        pdf = folder / f"{index}.pdf"
        pdf.write_bytes(tamper(original))
        verdict = region.verdict(pdf)
        outcome = "could-not-check" if reasons & UNKNOWN else "not-valid"
        check(f"{what}: signet says {'/'.join(sorted(reasons))}", verdict[0] == outcome and verdict[1] in reasons, verdict)
        for name, (holds, detail) in (("pdfsig", readers.pdfsig(pdf)), ("pyHanko", readers.pyhanko(pdf))):
            if name not in TOLERANT.get(what, set()):
                check(f"{what}: {name} notices", not holds, detail)


def forged(region, stranger, readers):
    """Names prove nothing: another authority that calls itself the same."""
    pdf = stranger.documents[0]
    check("control: its own home says valid", stranger.verdict(pdf) == ("valid", None), stranger.verdict(pdf))
    # To a list older than the document its key might be a new one.
    region.run("trust", "publish")
    verdict = region.verdict(pdf)
    check("a look-alike authority's document is not valid", verdict == ("not-valid", "document-signer-unknown"), verdict)
    check("a look-alike authority's document: pdfsig notices", not readers.pdfsig(pdf)[0])
    check("a look-alike authority's document: pyHanko notices", not readers.pyhanko(pdf)[0])


TSA = """[tsa]
default_tsa = authority
[authority]
dir = {folder}
serial = {folder}/serial
signer_cert = {folder}/tsa.pem
certs = {folder}/tsa.pem
signer_key = {folder}/tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
ess_cert_id_alg = sha256
[extensions]
extendedKeyUsage = critical,timeStamping
keyUsage = critical,digitalSignature
"""


@contextlib.contextmanager
def timestamp_authority(folder):
    """OpenSSL's, behind an HTTP server on a loopback port. Gives its address, its certificate and its answers' count."""
    folder.mkdir()
    (folder / "serial").write_text("01")
    (folder / "tsa.cnf").write_text(TSA.format(folder=folder))
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "30", "-subj", "/CN=Stamps", "-config",
         "/etc/ssl/openssl.cnf", "-addext", "extendedKeyUsage=critical,timeStamping", "-addext",
         "keyUsage=critical,digitalSignature", "-keyout", folder / "tsa.key", "-out", folder / "tsa.pem"],
        check=True, capture_output=True)
    lock, answers = threading.Lock(), []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            with lock:
                (folder / "query").write_bytes(body)
                subprocess.run(
                    ["openssl", "ts", "-reply", "-config", folder / "tsa.cnf", "-queryfile", folder / "query", "-out",
                     folder / "reply"], check=True, capture_output=True)
                reply = (folder / "reply").read_bytes()
                answers.append(self.headers["Content-Type"])
            if self.path == "/wrong":
                reply = b"0" * 40
            if self.path == "/endless":
                reply *= 200
            self.send_response(500 if self.path == "/broken" else 200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(reply)))
            self.end_headers()
            with contextlib.suppress(ConnectionError):
                self.wfile.write(reply)

        def log_message(self, *words):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", folder / "tsa.pem", answers
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def stamped(region, readers, folder):
    """B-T: with an authority configured, each signature has its timestamp."""
    config = region.folder / "home" / "config.json"
    plain = config.read_text()

    def configure(address):
        config.write_text(json.dumps({**json.loads(plain), "timestampAuthority": address}))

    with timestamp_authority(folder) as (address, certificate, answers):
        configure(address + "/tsr")
        out = region.folder / "stamped"
        region.run("documents", "make", "--batch", "1", "--out", out)
        made = sorted(out.glob("*.pdf"))
        check("each document was stamped", answers == ["application/timestamp-query"] * len(made), answers)
        check("signet says valid of a stamped document", region.verdict(made[0]) == ("valid", None), region.verdict(made[0]))
        holds, detail = readers.pdfsig(made[0])
        check("pdfsig says valid of a stamped document", holds, detail)
        stamps = ValidationContext(
            trust_roots=list(load_certs_from_pemder([str(certificate)])), allow_fetching=False)
        with open(made[0], "rb") as file:
            signature = PdfFileReader(file).embedded_signatures[0]
            status = validate_pdf_signature(
                signature, ValidationContext(trust_roots=readers.roots, allow_fetching=False), ts_validation_context=stamps)
        stamp = status.timestamp_validity
        check("pyHanko says valid, and trusts the timestamp", status.bottom_line and stamp is not None and stamp.valid
              and stamp.intact and stamp.trusted, status.pretty_print_details())
        for path, words in (("/wrong", "not an RFC 3161 response"), ("/broken", "500"), ("/endless", "too long")):
            configure(address + path)
            refused(region, f"an authority that answers {path[1:]}", words)
    refused(region, "an authority that is gone", "connect")
    configure("ftp://127.0.0.1/")
    refused(region, "an address of another kind", "timestampAuthority")
    config.write_text(plain)


def refused(region, what, words):
    out = region.folder / "refused"
    done = subprocess.run(
        [region.signet, "documents", "make", "--batch", "1", "--out", str(out)], env=region.environment,
        capture_output=True, text=True)
    left = list(out.glob("*.pdf")) if out.exists() else []
    check(f"{what}: refused in words, and nothing unstamped is left",
          done.returncode != 0 and words in done.stderr and not left, f"{done.returncode} {done.stderr} {left}")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--signet", required=True)
    signet = str(pathlib.Path(parser.parse_args().signet).resolve())
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        region = Region(signet, folder / "region")
        readers = Readers(region.authority, folder / "nss")
        untouched(region, readers)
        tampered(region, readers, folder / "tampered")
        stamped(region, readers, folder / "stamps")
        forged(region, Region(signet, folder / "stranger"), readers)
    sys.exit(f"{len(FAILURES)} checks failed" if FAILURES else 0)


if __name__ == "__main__":
    main()
