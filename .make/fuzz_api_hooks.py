"""What Schemathesis cannot know of the product: who asks, photos that are photos, and how to stay signed in."""

import atexit
import itertools
import json
import os
import pathlib
import time
import urllib.parse
import zlib

import requests
import schemathesis
from hypothesis import strategies as st
from schemathesis.core.failures import AcceptedNegativeData
from schemathesis.openapi.checks import EnsureResourceAvailability, RejectedPositiveData, UseAfterFree
from schemathesis.transport.serialization import Binary

ORIGIN = os.environ["FUZZ_ORIGIN"]
SANDBOX = os.environ["FUZZ_SANDBOX"]
OPERATOR_KEY = os.environ["FUZZ_OPERATOR_KEY"]
IS_SOMEBODY = os.environ["FUZZ_AS"] == "somebody"
FIXTURES = pathlib.Path(__file__).parent.parent / "tests/fixtures"
COOKIE = "__Host-session"
# What needs a fresh sign-in takes one of the last ten minutes.
SESSION_SECONDS = 300

# Large enough for an order and small enough for a preview. With any other file either is refused before the rest of it
# is looked at; what becomes of those the native tests ask.
PHOTOS = [(FIXTURES / name).read_bytes() for name in ("small.jpg", "small.webp")]
schemathesis.openapi.format("binary", st.sampled_from(PHOTOS).map(Binary))


class People:
    """Signs in: another person, with an account of their own, whenever the one before cannot go on."""

    def __init__(self):
        self.numbers = itertools.count(1)
        self.token = None
        self.since = 0.0
        # Whether something was sent that may have ended the session.
        self.is_doubtful = False

    def session(self, *, needs_processing):
        """The token of a session that lives; with `needs_processing`, of an account that may place orders."""
        is_old = time.monotonic() - self.since > SESSION_SECONDS
        if self.token is None or is_old or (self.is_doubtful and not self.can_go_on(needs_processing)):
            self.sign_in()
        self.is_doubtful = False
        return self.token

    def can_go_on(self, needs_processing):
        answer = requests.get(f"{ORIGIN}/api/account", cookies={COOKIE: self.token}, timeout=10)
        return answer.status_code == 200 and not (needs_processing and answer.json()["restricted_at"])

    def sign_in(self):
        person = f"fuzz{next(self.numbers)}"
        new = {"sub": person, "name": person, "email": f"{person}@example.com", "email_verified": True}
        made = requests.post(f"{SANDBOX}/_control/identity/people/{person}", json=new, timeout=10)
        made.raise_for_status()
        headers = {"sec-fetch-site": "same-origin"}
        options = {"headers": headers, "allow_redirects": False, "timeout": 10}
        begun = requests.get(f"{ORIGIN}/auth/google?fresh=on", **options)
        allowed = requests.get(f"{begun.headers['location']}&person={person}", allow_redirects=False, timeout=10)
        query = urllib.parse.urlsplit(allowed.headers["location"]).query
        cookies = begun.cookies.get_dict()
        ended = requests.get(f"{ORIGIN}/auth/google/callback?{query}", cookies=cookies, **options)
        self.token = ended.cookies.get_dict()[COOKIE]
        self.since = time.monotonic()


PEOPLE = People()


def schemes(operation):
    required = operation.definition.raw.get("security", [])
    return {name for one in required for name in one}


if IS_SOMEBODY:

    @schemathesis.auth(refresh_interval=None)
    class Credentials:
        """The session, or the operator's key, on each operation whose `security` has it."""

        def get(self, case, context):
            wanted = schemes(context.operation)
            if "operator" in wanted:
                return ("operator", OPERATOR_KEY)
            if "session" in wanted:
                is_of_orders = any(part in context.operation.path for part in ("/orders", "/history"))
                return ("session", PEOPLE.session(needs_processing=is_of_orders))
            return None

        def set(self, case, data, context):
            kind, secret = data
            if kind == "operator":
                case.headers["Authorization"] = f"Bearer {secret}"
            else:
                case.cookies = {**(case.cookies or {}), COOKIE: secret}


class Things:
    """What there is to ask about, made for whoever asks: made-up ids lead nowhere."""

    def __init__(self):
        # Ids of orders by the token that placed them.
        self.orders = {}
        # One with its picture, in the same way.
        self.deliveries = {}
        # Orders that were taken out of the trash after they were put there.
        self.restored = set()

    def order(self, token, number):
        """One of the orders of this token: each fourth time a new one, which has not ended yet."""
        own = self.orders.setdefault(token, [])
        if not own or number % 4 == 0:
            own.append(self.place(token))
        return own[number % len(own)]

    def place(self, token):
        files = [("person_image", PHOTOS[0]), ("garment_images", PHOTOS[1])]
        answer = requests.post(f"{ORIGIN}/api/orders", files=files, data={"consent": "on"}, **as_who(token))
        answer.raise_for_status()
        return answer.json()["id"]

    def delivered(self, token):
        """An order of this token with its picture."""
        if token not in self.deliveries:
            order = self.place(token)
            for _ in range(DELIVERY_SECONDS):
                time.sleep(1)
                answer = requests.get(f"{ORIGIN}/api/orders/{order}", **as_who(token)).json()
                if answer["status"] not in ("queued", "processing"):
                    break
            self.deliveries[token] = order
        return self.deliveries[token]

    def picture(self, token, number):
        """The token of a picture's link."""
        order = requests.get(f"{ORIGIN}/api/orders/{self.order(token, number)}", **as_who(token)).json()
        return order["images"][0]["url"].removeprefix("/i/") if "images" in order else NO_PICTURE

    def session(self, token, number):
        sessions = requests.get(f"{ORIGIN}/api/account/sessions", **as_who(token)).json().get("sessions", [])
        return sessions[number % len(sessions)]["id"] if sessions else NO_SESSION

    def export_part(self, token):
        """The newest one, if it is made; else it is requested, for whoever asks next."""
        exports = requests.get(f"{ORIGIN}/api/account/exports", **as_who(token)).json().get("exports", [])
        urls = [part["url"] for export in exports for part in export["parts"]]
        if not urls:
            requests.post(f"{ORIGIN}/api/account/exports", **as_who(token))
            return None
        return urls[0].rsplit("/", 1)[1]


THINGS = Things()
# The sandbox takes three.
DELIVERY_SECONDS = 15
NO_SESSION = "A" * 22
NO_PICTURE = "A" * 72


def as_who(token):
    cookies = {COOKIE: token} if token else {}
    return {"cookies": cookies, "headers": {"sec-fetch-site": "same-origin"}, "timeout": 30}


def is_good(case):
    return case.meta is not None and case.meta.generation.mode.is_positive


# Questions that were allowed and got a picture of ours, which Schemathesis then takes for no text and so for wrong.
GIVEN = set()
# What Schemathesis notes of a question in which nothing is wrong.
NOTHING_WRONG = "Positive test case"
# Operations that have done what they are for at least once.
ANSWERED = set()


@atexit.register
def tell_what_was_answered():
    pathlib.Path(os.environ["FUZZ_ANSWERED"]).write_text(json.dumps(sorted(ANSWERED)))


@schemathesis.hook
def before_call(context, case, kwargs):
    """Puts what exists in place of what is made up, in three of four questions that the document allows."""
    number = zlib.crc32(repr((case.path_parameters, case.body, case.query)).encode())
    if not is_good(case) or number % 4 == 3:
        return
    number //= 4
    token = (case.cookies or {}).get(COOKIE)
    asked = case.path_parameters or {}
    if token and case.path.endswith("/preview"):
        asked["id"] = THINGS.delivered(token)
        if case.method == "PUT":
            # Of a body that is a picture Schemathesis takes one of its own, of one pixel.
            case.body = Binary(PHOTOS[number % len(PHOTOS)])
            GIVEN.add(case.id)
    elif "/orders/{id}" in case.path and asked["id"] not in THINGS.orders.get(token, []):
        asked["id"] = THINGS.order(token, number)
    elif case.path == "/i/{token}":
        asked["token"] = THINGS.picture(token, number)
    elif token and "/sessions/{id}" in case.path:
        asked["id"] = THINGS.session(token, number)
    elif token and "{part}" in case.path:
        asked["part"] = THINGS.export_part(token) or asked["part"]
    elif token and isinstance(case.body, dict) and "ids" in case.body:
        case.body["ids"] = [THINGS.order(token, number)]


@schemathesis.hook
def after_call(context, case, response):
    """Notes what may have ended the session, which orders there are, and which left the trash."""
    if case.method != "GET":
        PEOPLE.is_doubtful = True
    if response.status_code < 400:
        ANSWERED.add(case.operation.label)
    named = (case.path_parameters or {}).get("id")
    if case.path == "/api/orders" and response.status_code == 201:
        THINGS.orders.setdefault((case.cookies or {}).get(COOKIE), []).append(response.json()["id"])
    elif case.method == "DELETE" or case.path.endswith("/deletion"):
        THINGS.restored.discard(named)
    elif case.path == "/api/orders/{id}/restoration" and response.status_code == 200:
        THINGS.restored.add(named)


@schemathesis.hook
def filter_failure(context, failure, case, response):
    """Lets pass what is as it must be, in ways that no document can say of one question alone."""
    # Somebody has taken the order out of the trash again.
    is_restored = isinstance(failure, UseAfterFree) and (case.path_parameters or {}).get("id") in THINGS.restored
    is_refused = isinstance(failure, RejectedPositiveData)
    # Another question of this run had the same key and other content.
    is_key_taken = is_refused and b'"idempotency_conflict"' in response.content
    # Accounts are written to once a month, and another question has done that.
    is_too_soon = is_refused and case.path == "/api/operator/mailings" and b'"field":"to"' in response.content
    # An id of an answer took the place of what was to be wrong, and by its own word nothing wrong is left.
    is_put_right = isinstance(failure, AcceptedNegativeData) and (
        case.id in GIVEN or case.meta.phase.data.description == NOTHING_WRONG
    )
    # An order has no small picture until a browser has made one.
    is_not_made = isinstance(failure, EnsureResourceAvailability) and case.path.endswith("/preview")
    return not (is_restored or is_not_made or is_key_taken or is_too_soon or is_put_right)
