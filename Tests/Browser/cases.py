"""Seals and trust lists, and what the page must say of them."""

import dataclasses

import cbor
import lists
import seals
from seals import DAY, ISSUED, NOW, claims, key_entry, seal, signed_list, trust_list


@dataclasses.dataclass
class Case:
    name: str
    digits: str
    verdict: str
    reason: str = ""
    trust: str | None = None
    status: str | None = None
    root: object = None
    # The file of seals recorded before the key's compromise.
    recorded: bytes | None = None
    # Whether the certificate's content may be seen.
    shown: bool = False
    # Whether something is asked for that is not there.
    missing: bool = False

    @property
    def is_missing(self):
        return self.missing or self.trust is None


class World:
    """The keys of one run. Made once, as the cases only read them."""

    def __init__(self):
        self.root = seals.ES256()
        self.key = seals.ES256()
        self.edwards = seals.Ed25519()
        self.sm2 = seals.SM2()
        self.stranger = seals.ES256()
        self.status_key = seals.ES256()
        self.trust = self.listing(key_entry(self.key), key_entry(self.edwards), key_entry(self.sm2))

    def listing(self, *keys, root=None, **changes):
        return signed_list(root or self.root, trust_list(list(keys), **{
            "status_keys": [key_entry(self.status_key)], **changes}))

    def config(self, root=None):
        root = root or self.root
        return {
            "authority": "潍坊市职业技能鉴定中心", "root": root.jwk, "rootAlg": root.name,
            "rootKid": seals.kid(root).hex()}

    def valid(self):
        return seals.digits(seal(self.key))


def all_cases(world):
    return [*genuine(world), *forged(world), *out_of_time(world), *malformed(world), *untrusted(world),
            *of_status(world)]


def genuine(world):
    def case(name, data, **more):
        return Case(name, seals.digits(data), "valid", trust=world.trust, shown=True, **more)

    key, root = world.key, seals.Ed25519()
    yield case("ES256", seal(key))
    yield case("ES256 under its other number", seal(key, alg=-9))
    yield case("Ed25519", seal(world.edwards))
    yield case("Ed25519 under its other number", seal(world.edwards, alg=-19))
    yield case("within its dates", seal(key, claims(claim_5=NOW - DAY, claim_4=NOW + DAY)))
    yield case("unknown claims are passed over", seal(key, claims(claim_99=[1, {"a": b"b"}, -5])))
    yield case("nested as deeply as allowed", seal(key, claims(claim_99=cbor.Raw(b"\x81" * 7 + b"\x00"))))
    yield case("awarded a day ahead of UTC", seal(key, claims(certificate={9: ISSUED // DAY + 1})))
    yield Case("root key Ed25519", world.valid(), "valid", root=root, shown=True,
               trust=world.listing(key_entry(key), root=root))
    recorded = seals.recorded_file(key, claims(), claims(claim_7=bytes(16)))
    yield Case("compromised after it was made and recorded", world.valid(), "valid", shown=True, recorded=recorded,
               trust=world.listing(seals.compromised(key, recorded)))
    yield Case("key retired after it was made", world.valid(), "valid", shown=True,
               trust=world.listing(key_entry(key, state="retired", to=ISSUED + 1)))


def forged(world):
    def case(name, data, reason, **more):
        return Case(name, seals.digits(data), "not-valid", reason, **{"trust": world.trust, **more})

    key, good = world.key, seal(world.key)
    yield case("a bit of the signature turned", good[:-1] + bytes([good[-1] ^ 1]), "bad-signature")
    renamed = good.replace("王海燕".encode(), "王海鸥".encode())
    yield case("another name under the same signature", renamed, "bad-signature")
    yield case("signature of Ed25519 altered", seal(world.edwards, signature=bytes(64)), "bad-signature")
    yield case("key that nobody listed", seal(world.stranger), "unknown-key")
    yield case("algorithm of another kind", seal(key, alg=-8), "algorithm-mismatch")
    yield case("names another institution", seal(key, claims(claim_1="9999999999")), "issuer-mismatch", shown=True)
    yield case("occupation not filed", seal(key, claims(certificate={5: "4-07-05-01"})), "not-filed", shown=True)
    yield case("level not filed", seal(key, claims(certificate={8: 1})), "not-filed", shown=True)
    filings = [seals.filing(to=seals.day_text(ISSUED // DAY - 1))]
    yield case("filing ended the day before", good, "not-filed", shown=True,
               trust=world.listing(key_entry(key), filings=filings))


def out_of_time(world):
    def case(name, verdict_reason, payload=None, entry=None, shown=True):
        trust = world.listing(key_entry(world.key, **entry)) if entry else world.trust
        return Case(name, seals.digits(seal(world.key, payload)), "not-valid", verdict_reason, trust, shown=shown)

    yield case("made before its key", "key-not-in-force", entry={"from": ISSUED + 1})
    yield case("made when its key had ended", "key-not-in-force", entry={"to": ISSUED})
    yield case("made after its key leaked", "key-compromised",
               entry={"state": "compromised", "compromised_since": ISSUED})
    recorded = seals.recorded_file(world.key, claims(claim_7=bytes(16)))
    yield Case("backdated by who stole the key", world.valid(), "not-valid", "not-recorded", shown=True,
               recorded=recorded, trust=world.listing(seals.compromised(world.key, recorded)))
    yield case("nothing recorded of a stolen key", "key-compromised",
               entry={"state": "compromised", "compromised_since": ISSUED + 1})
    yield case("expired", "expired", claims(claim_4=NOW - 1))
    yield Case("not yet valid", seals.digits(seal(world.key, claims(claim_5=NOW + DAY))), "could-not-check",
               "not-yet-valid", world.trust, shown=True)
    yield case("made in the future", "dates-contradict", claims(issued=NOW + DAY))
    yield case("awarded after it was made", "dates-contradict", claims(certificate={9: ISSUED // DAY + 2}))


def malformed(world):
    def damaged(name, digits):
        return Case(name, digits, "could-not-check", "seal-damaged", world.trust)

    def case(name, digits):
        return Case(name, digits, "not-valid", "malformed-seal", world.trust)

    def signed(name, payload):
        return case(name, seals.digits(seal(world.key, payload)))

    good = seal(world.key)
    digits = seals.digits(good)
    yield damaged("a letter among the digits", digits[:40] + "x" + digits[41:])
    yield damaged("a digit lost", digits[:-1])
    yield damaged("digits that exceed their bytes", "9" * 17 + digits[17:])
    yield damaged("over-long digits", "0" * 17 * 242)
    yield damaged("over-long seal", seals.digits(seal(world.key, claims(claim_99=bytes(1500)))))
    yield damaged("bytes after the end", seals.digits(good + b"\0"))
    yield damaged("another tag", seals.digits(cbor.head(6, 17) + good[1:]))
    yield case("signature too short", seals.digits(seal(world.key, signature=bytes(63))))
    yield signed("integer longer than needed", claims(claim_99=cbor.Raw(b"\x18\x05")))
    yield signed("indefinite length", claims(claim_99=cbor.Raw(b"\x9f\xff")))
    yield signed("a float", claims(claim_99=cbor.Raw(b"\xf9\x3c\x00")))
    yield signed("map keys out of order", claims(claim_99=cbor.Raw(b"\xa2\x02\x00\x01\x00")))
    yield signed("a map key twice", claims(claim_99=cbor.Raw(b"\xa2\x01\x00\x01\x00")))
    yield signed("nested too deeply", claims(claim_99=cbor.Raw(b"\x81" * 8 + b"\x00")))
    yield signed("text that is not UTF-8", claims(certificate={4: cbor.Raw(b"\x62\xc3\x28")}))
    yield signed("bidirectional override in the name", claims(certificate={4: "王\u202e燕海"}))
    yield signed("control character in the name", claims(certificate={4: "王\n海燕"}))
    yield signed("no name", claims(certificate={4: None}))
    yield signed("a level that is none", claims(certificate={8: 7}))
    yield signed("version 0", claims(certificate={2: 0}))


def untrusted(world):
    def case(name, reason, trust, shown=False, **more):
        return Case(name, more.pop("digits", world.valid()), "could-not-check", reason, trust, shown=shown, **more)

    entry = key_entry(world.key)
    payload = trust_list([entry])
    head, _, signature = world.trust.split(".")
    other = seals.base64url(str(payload).encode())
    yield case("no trust list", "trust-list-unavailable", None)
    yield case("trust list is no JWS", "trust-list-invalid", "<html>")
    yield case("trust list altered", "trust-list-invalid", f"{head}.{other}.{signature}")
    yield case("trust list of another root", "trust-list-invalid",
               signed_list(world.stranger, payload, kid=seals.kid(world.root).hex()))
    yield case("trust list brings its own key", "trust-list-invalid",
               signed_list(world.stranger, payload, kid=seals.kid(world.root).hex(), jwk=world.stranger.jwk))
    yield case("trust list without algorithm", "trust-list-invalid", signed_list(world.root, payload, alg="none"))
    yield case("trust list of another type", "trust-list-invalid", signed_list(world.root, payload, typ="JWT"))
    yield case("a kid that is not its key's", "trust-list-invalid",
               world.listing(key_entry(world.key, kid="00" * 8)))
    yield case("a day that does not exist", "trust-list-invalid",
               world.listing(entry, filings=[seals.filing(to="2027-02-30")]))
    recorded = seals.recorded_file(world.key, claims())
    listing = world.listing(seals.compromised(world.key, recorded))
    yield case("no record of what a stolen key signed", "recorded-seals-unavailable", listing, missing=True, shown=True)
    yield case("another record than the list names", "recorded-seals-unavailable", listing, shown=True,
               recorded=recorded[::-1])
    yield case("stale trust list", "trust-list-stale", world.listing(entry, next_update=NOW - 1), shown=True)
    yield case("SM2 key", "algorithm-unsupported", world.trust, digits=seals.digits(seal(world.sm2)))
    yield case("SM2 root", "algorithm-unsupported", world.listing(entry, root=world.sm2), root=world.sm2)


def with_status(world, index=7, uri=lists.URI):
    return seals.digits(seal(world.key, claims(claim_65535={"status_list": {"idx": index, "uri": uri}})))


def of_status(world):
    """Each status in its own words, and each way in which it cannot be known: never one for the other."""
    def case(name, verdict, reason, status, digits=None, **more):
        return Case(name, digits or with_status(world), verdict, reason, more.pop("trust", world.trust), status=status,
                    shown=True, **more)

    def token(**changes):
        return lists.token(world.status_key, **changes)

    def unknown(name, reason, status, **more):
        return case(name, "could-not-check", reason, status, **more)

    yield case("status valid", "valid", "", token(entries={6: 1, 8: 2}))
    for value, word in ((1, "revoked"), (2, "suspended"), (3, "superseded")):
        yield case(f"status {word}", "not-valid", word, token(entries={7: value}))
    for bits in (1, 4, 8):
        yield case(f"revoked in a list of {bits} bits", "not-valid", "revoked", token(entries={7: 1}, bits=bits))
    yield unknown("no status list", "status-unavailable", None, missing=True)
    yield unknown("status list at another place", "status-unavailable", token(), missing=True,
                  digits=with_status(world, uri="https://example.cn/other/1"))
    yield unknown("status list is a page", "status-list-invalid", "<html>")
    yield unknown("status list of another type", "status-list-invalid", token(typ="JWT"))
    yield unknown("status list inflates without end", "status-list-invalid", token(raw=lists.bomb()))
    yield unknown("status list does not inflate", "status-list-invalid", token(raw=b"\x78\xda\x00"))
    yield unknown("status list by a stranger", "status-signature-invalid", lists.token(world.stranger))
    yield unknown("status list by an institution's key", "status-signature-invalid", lists.token(world.key))
    head, _, signature = token().split(".")
    yield unknown("status list altered", "status-signature-invalid",
                  f"{head}.{token(entries={7: 1}).split('.')[1]}.{signature}")
    yield unknown("trust list without status keys", "status-signature-invalid", token(),
                  trust=world.listing(key_entry(world.key), status_keys=None))
    yield unknown("status list of another address", "status-address-mismatch", token(sub="https://example.cn/status/2"))
    yield unknown("stale status list", "status-list-stale", token(exp=NOW - 1))
    yield unknown("status list of tomorrow", "clock-behind", token(iat=NOW + DAY))
    yield unknown("index outside the list", "status-index-out-of-range", token(size=4), digits=with_status(world, 4))
    yield unknown("a status nobody knows", "status-value-unknown", token(entries={7: 9}, bits=4))
