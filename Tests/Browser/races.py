# SPDX-License-Identifier: Apache-2.0
"""Two servers on one database, and many clients who want the same thing at the same moment."""

import asyncio
import collections
import concurrent.futures
import json
import random
import re
import secrets
import time
import urllib.parse
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

from clinic import Clinic, copy_of, csrf, signed_in, soleus
from memory import File, Postgres, Rows

PATIENCE_S = 60
# Ray works on this weekday alone, for half an hour: his one time can be taken, freed and waited for.
RAYS_DAY = date.today() + timedelta(days=4)
WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
HOURS = "\n".join(f'  {day}: ["00:00-24:00"]' for day in WEEKDAYS)
CLINIC = f"""
name: Race Physical Therapy
address: [1 Main Street]
phone: "555-010-0000"
emergency: "911"
time_zone: Etc/UTC
language: en
hours:
{HOURS}
services:
  - {{ id: solo, name: {{ en: With Tess alone }}, minutes: 30 }}
  - {{ id: talk, name: {{ en: With anybody }}, minutes: 30 }}
  - {{ id: treatment, name: {{ en: On a table }}, minutes: 30, needs: table }}
  - {{ id: evaluation, name: {{ en: In the room }}, minutes: 45, buffer_min: 15, needs: room }}
  - {{ id: rare, name: {{ en: With Ray alone }}, minutes: 30 }}
resources:
  - {{ id: room-1, kind: room, name: The room }}
  - {{ id: table-1, kind: table, name: Table 1 }}
  - {{ id: table-2, kind: table, name: Table 2 }}
therapists:
  - {{ email: tess@demo.invalid, services: [solo, talk, treatment, evaluation] }}
  - {{ email: ada@race.invalid, services: [talk, treatment, evaluation] }}
  - {{ email: ben@race.invalid, services: [talk, treatment, evaluation] }}
  - {{ email: cleo@race.invalid, services: [talk, treatment, evaluation] }}
  - {{ email: ray@race.invalid, services: [rare], hours: {{ {WEEKDAYS[RAYS_DAY.weekday()]}: ["10:00-10:30"] }} }}
book_ahead_days: 366
"""


def race_clinic(data: Path) -> Path:
    """Makes a demo clinic open day and night, with five therapists, two tables and one room."""
    (data / "clinic.yaml").write_text(CLINIC)
    for name in ["Ada", "Ben", "Cleo", "Ray"]:
        soleus("user", "add", "--data", data, "--role", "therapist", "--name", name,
               "--email", f"{name.lower()}@race.invalid")
    return data


def form() -> str:
    """The identity of a new form, as a page of the site gives it."""
    return secrets.token_hex(16)


def text(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%S.000Z")


@dataclass(frozen=True)
class Wish:
    """What one client sends."""

    path: str
    fields: dict[str, str]
    cookie: str = ""


@dataclass(frozen=True)
class Answer:
    status: int
    body: dict
    # From the first byte sent to the last one received.
    seconds: float = field(compare=False)

    @property
    def error(self) -> str:
        return self.body.get("error", "")


def hold(starts: datetime, service: str = "solo", therapist: str = "") -> Wish:
    """A visitor chooses a time."""
    return Wish("/book/hold", {"form": form(), "service": service, "therapist": therapist, "starts": text(starts)})


def confirm(manage: str, number: int) -> Wish:
    """A visitor says who they are."""
    return Wish(f"{manage}/confirm", {
        "form": form(), "name": f"Guest {number}", "phone": f"555 0{number:08d}", "email": ""})


def half_off(starts: datetime, number: int) -> datetime:
    """Every second one wants the time half a slot later: overlapping counts, and not equality alone."""
    return starts + timedelta(minutes=15 * (number % 2))


@dataclass
class Pair:
    """Two server processes on one database, as behind a proxy: a client's address is what the proxy says."""

    name: str
    servers: list[Clinic]
    rows: File | Rows
    therapists: dict[str, str] = field(default_factory=dict)
    _guests: int = 0
    _next_day: int = 6
    _weekly: int = 0

    def __post_init__(self):
        found = self.rows.ask("SELECT email, id FROM person WHERE role = 'therapist'")
        self.therapists = {email.partition("@")[0]: each for email, each in found}

    def hours(self, count: int) -> list[datetime]:
        """So many even hours ahead, on days that no other test was given."""
        first = self._midnight(self._next_day)
        self._next_day += (count + 11) // 12
        assert self._next_day < 366, "the tests want more days than can be booked ahead"
        return [first + timedelta(hours=2 * number) for number in range(count)]

    def weekly_hour(self) -> datetime:
        """An odd hour, which no other test was given, this week or later."""
        self._weekly += 1
        assert self._weekly <= 12, "the tests want more series than a day has odd hours"
        return self._midnight(6) + timedelta(hours=2 * self._weekly - 1)

    @staticmethod
    def _midnight(days: int) -> datetime:
        today = datetime.now(timezone.utc).replace(hour=0, minute=0, second=0, microsecond=0)
        return today + timedelta(days=days)

    def guest(self) -> int:
        self._guests += 1
        return self._guests

    def race(self, wishes: list[Wish]) -> list[Answer]:
        """Sends all wishes at the same moment; the servers take turns. Answers in the order of the wishes."""
        return self._run(wishes, 0)

    def ask(self, wish: Wish, server: int = 0) -> Answer:
        return self._run([wish], server)[0]

    def booked(self, starts: datetime, service: str = "solo", therapist: str = "") -> str:
        """A visitor's appointment; the path on which it is managed."""
        held = self.ask(hold(starts, service, therapist))
        assert held.status == 201, held
        manage = held.body["manage"]
        done = self.ask(confirm(manage, self.guest()))
        assert done.status == 201, done
        return manage

    def _run(self, wishes: list[Wish], first: int) -> list[Answer]:
        # In a thread of its own: the browser's driver keeps an event loop running in this one.
        with concurrent.futures.ThreadPoolExecutor(1) as pool:
            return pool.submit(asyncio.run, self._race(wishes, first)).result()

    async def _race(self, wishes: list[Wish], first: int) -> list[Answer]:
        addresses = [urllib.parse.urlsplit(server.url) for server in self.servers]
        turns = [addresses[(first + number) % 2] for number in range(len(wishes))]
        connections = await asyncio.gather(
            *(asyncio.open_connection(address.hostname, address.port) for address in turns))
        return await asyncio.gather(
            *(_send(wish, *connection) for wish, connection in zip(wishes, connections, strict=True)))

    def whole(self) -> None:
        """Nothing overlaps, whatever is open has its time, and a series is there or not."""
        assert self.rows.ask(
            """SELECT COUNT(*) FROM appointment_claim a JOIN appointment_claim b
               ON a.resource = b.resource AND a.appointment < b.appointment
               WHERE a.active = 1 AND b.active = 1 AND a.starts < b.ends AND b.starts < a.ends"""
        ) == [["0"]], "two who overlap"
        assert self.rows.ask(
            """SELECT COUNT(*) FROM appointment a WHERE status <> 'cancelled' AND NOT (
                   EXISTS (SELECT 1 FROM appointment_claim c WHERE c.appointment = a.id AND c.active = 1
                       AND c.resource = 'therapist:' || a.therapist)
                   AND (place IS NULL OR EXISTS (SELECT 1 FROM appointment_claim c WHERE c.appointment = a.id
                       AND c.active = 1 AND c.resource = 'place:' || a.place))
                   AND (patient IS NULL OR EXISTS (SELECT 1 FROM appointment_claim c WHERE c.appointment = a.id
                       AND c.active = 1 AND c.resource = 'person:' || a.patient)))"""
        ) == [["0"]], "an appointment that does not hold its time"
        assert not self.rows.ask(
            "SELECT series FROM appointment WHERE series IS NOT NULL GROUP BY series HAVING COUNT(*) <> 6"
        ), "half a series"


async def _send(wish: Wish, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> Answer:
    body = urllib.parse.urlencode(wish.fields)
    source = ".".join(str(random.randint(1, 254)) for _ in range(3))
    lines = [
        f"POST {wish.path} HTTP/1.1", "Host: 127.0.0.1", "Connection: close", "Accept: application/json",
        "Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}",
        f"X-Forwarded-For: 10.{source}", *([f"Cookie: {wish.cookie}"] if wish.cookie else []), "", body]
    began = time.perf_counter()
    writer.write("\r\n".join(lines).encode())
    said = (await asyncio.wait_for(reader.read(), PATIENCE_S)).decode("utf-8", "replace")
    seconds = time.perf_counter() - began
    writer.close()
    head, _, content = said.partition("\r\n\r\n")
    status = re.match(r"HTTP/1\.1 (\d{3}) ", head)
    assert status, f"no answer to {wish.path}: {said[:200]!r}"
    return Answer(int(status[1]), json.loads(content) if content.startswith("{") else {}, seconds)


def one_each(answers: list[Answer], winners: int = 1, won: int = 201) -> None:
    """So many got it; everybody else was told 409 with a reason, and the nearest times where it is taken."""
    counted = collections.Counter((answer.status, answer.error) for answer in answers)
    assert {answer.status for answer in answers} <= {won, 409}, counted
    assert sum(answer.status == won for answer in answers) == winners, counted
    for answer in answers:
        if answer.status == 409:
            assert answer.error in {"taken", "changed", "wrong_status", "expired"}, answer
            assert answer.body["nearest"] or answer.error in {"changed", "wrong_status"}, answer


@contextmanager
def two_servers(database: str, demo_data: Path, folder: Path) -> Iterator[Pair]:
    """Starts both, on the folder's SQLite file or on a PostgreSQL of their own."""
    data = race_clinic(copy_of(demo_data, folder / "data"))
    arguments = ("--public-url", "https://clinic.example")
    postgres = Postgres() if database == "postgres" else None
    running: list[Clinic] = []
    try:
        if postgres:
            soleus("copy", "--from", data / "soleus.sqlite", "--to", postgres.address)
            arguments += ("--database", postgres.address)
        running = [Clinic(data, arguments).start() for _ in range(2)]
        yield Pair(database, running, postgres or File(data / "soleus.sqlite"))
        for server in running:
            server.stop()
    finally:
        for server in running:
            server.process.kill()
        if postgres:
            postgres.remove()


class Desk:
    """Somebody at the desk, signed in; one session, good for both servers."""

    def __init__(self, pair: Pair):
        self.pair = pair
        # The one that started last: its links took the place of the other's.
        server = pair.servers[-1]
        self.cookie = signed_in(server, server.links["desk"])
        assert self.cookie, "the desk cannot sign in"
        self.csrf = csrf(server, self.cookie, "/diary/new")

    def wish(self, path: str, **fields: str) -> Wish:
        return Wish(path, {"csrf": self.csrf, "form": form(), **fields}, self.cookie)

    def book(
        self, starts: datetime, service: str = "solo", therapist: str = "", weeks: int = 1, patient: str = "",
    ) -> Wish:
        number = self.pair.guest()
        return self.wish(
            "/diary/new", service=service, therapist=therapist, starts=text(starts), weeks=str(weeks),
            patient=patient, name="" if patient else f"Guest {number}", phone=f"555 0{number:08d}")

    def booked(self, starts: datetime, service: str = "solo", therapist: str = "") -> str:
        """The id of a new appointment."""
        done = self.pair.ask(self.book(starts, service, therapist))
        assert done.status == 201, done
        return done.body["id"]

    def act(self, appointment: str, act: str, version: int = 1, **fields: str) -> Wish:
        return self.wish(f"/diary/{appointment}/{act}", version=str(version), **fields)
