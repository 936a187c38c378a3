# SPDX-License-Identifier: Apache-2.0
"""Visitors who never give up: each sends one and the same form until a server says that it is done."""

import http.client
import json
import random
import re
import secrets
import threading
import time
import urllib.parse
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone

from clinic import Clinic
from races import form, text

PAUSE_S = 0.05
TRIES = 400
FIRST_DAY = 3
# What begins each quarter of an hour and ends by midnight, half an hour later.
STARTS_OF_A_DAY = 95
FORM = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}


class GivenUp(Exception):
    """No server answered one form for so long that something is broken for good."""


@dataclass
class Visitors:
    """Some ask to be evaluated; others hold a time, confirm it, and then move or cancel it or leave it so.

    A form goes to any server, again and again until one answers it, as a browser's retry does.
    """

    servers: list[Clinic]
    # Names of those whose request a server says it kept.
    requests: list[str] = field(default_factory=list)
    # Name, start and status of each appointment, as a server last said it is, by the appointment's id.
    bookings: dict[str, tuple[str, str, str]] = field(default_factory=dict)
    acknowledged: int = 0
    refused: int = 0
    # What ended a visitor before their time.
    faults: list[str] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)
    without_retry_after: int = 0
    broken: int = 0
    _stop: threading.Event = field(default_factory=threading.Event)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def start(self, asking: int, booking: int) -> "Visitors":
        page = re.search(r'name="page" value="([^"]+)"', self._post(self.servers[0], "/check", {}, None)[2])
        assert page, "the symptom check has no first page"
        self._page = page[1]
        journeys = [self._ask] * asking + [self._book] * booking
        self._threads = [threading.Thread(target=self._repeat, args=[each], daemon=True) for each in journeys]
        for thread in self._threads:
            thread.start()
        return self

    def stop(self) -> None:
        """Lets every journey under way reach its end."""
        self._stop.set()
        for thread in self._threads:
            thread.join(60)
            assert not thread.is_alive(), "a visitor is still waiting for an answer after 60 s"

    def wait_for(self, more: int, within_s: float) -> float:
        """Seconds until so many more forms are acknowledged; fails when that takes too long."""
        began = time.monotonic()
        wanted = self.acknowledged + more
        while self.acknowledged < wanted:
            assert time.monotonic() - began < within_s, (
                f"{self.acknowledged} of {wanted} acknowledged after {within_s} s; last answers "
                f"{self.statuses[-10:]}\n{self.servers[0].tail()}")
            time.sleep(0.01)
        return time.monotonic() - began

    def _repeat(self, journey) -> None:
        while not self._stop.is_set():
            # Every visitor comes from an address of their own; all are this machine.
            source = f"127.{random.randint(1, 250)}.{random.randint(0, 250)}.{random.randint(1, 250)}"
            try:
                journey(source)
            except Exception as fault:  # noqa: BLE001 - whatever it is, the test must hear of it
                self.faults.append(repr(fault))
                return

    def _ask(self, source: str) -> None:
        name = f"Visitor {secrets.token_hex(8)}"
        fields = {"page": self._page, "answers": "", "name": name, "phone": "555-0100-200"}
        if self._insist("/check/request", fields, source)[0] == 303:
            with self._lock:
                self.requests.append(name)
                self.acknowledged += 1

    def _book(self, source: str) -> None:
        status, held = self._insist("/book/hold", {
            "service": "talk", "therapist": "", "starts": self._some_time()}, source)
        if status != 201:
            return
        self._note(held, "")
        name = f"Visitor {secrets.token_hex(8)}"
        # One number each: a person may have three open bookings.
        phone = f"555 {random.randrange(10 ** 9):09d}"
        self._act(held, "confirm", source, name, name=name, phone=phone, email="")
        match random.randrange(3):
            case 0: self._act(held, "move", source, name, starts=self._some_time(but=held["starts"]))
            case 1: self._act(held, "cancel", source, name)

    def _act(self, held: dict, act: str, source: str, whose: str, **fields: str) -> None:
        status, answer = self._insist(f"{held['manage']}/{act}", fields, source)
        if status == 201:
            self._note(answer, whose)

    def _note(self, said: dict, name: str) -> None:
        with self._lock:
            self.bookings[said["id"]] = (name, said["starts"], said["status"])
            self.acknowledged += 1

    def _some_time(self, but: str = "") -> str:
        """One of the first times that are not all taken, so that many want what another one has."""
        midnight = datetime.now(timezone.utc).replace(hour=0, minute=0, second=0, microsecond=0)
        starts = but
        while starts == but:
            day, quarter = divmod(len(self.bookings) // 2 + random.randrange(12), STARTS_OF_A_DAY)
            starts = text(midnight + timedelta(days=FIRST_DAY + day, minutes=15 * quarter))
        return starts

    def _insist(self, path: str, fields: dict[str, str], source: str) -> tuple[int, dict]:
        """Sends one form until a server answers it; what it said, and its JSON where there is some."""
        fields = {**fields, "form": form()}
        for _ in range(TRIES):
            try:
                status, headers, said = self._post(random.choice(self.servers), path, fields, source)
            except (OSError, http.client.HTTPException):
                with self._lock:
                    self.broken += 1
                time.sleep(PAUSE_S)
                continue
            with self._lock:
                self.statuses.append(status)
                self.without_retry_after += status == 503 and "Retry-After" not in headers
                self.refused += status == 409
            if status < 500:
                return status, json.loads(said) if said.startswith("{") else {}
            time.sleep(PAUSE_S)
        raise GivenUp(f"{path} was not answered in {TRIES} tries")

    @staticmethod
    def _post(server: Clinic, path: str, fields: dict[str, str], source: str | None):
        address = urllib.parse.urlsplit(server.url)
        connection = http.client.HTTPConnection(
            address.hostname, address.port, timeout=10, source_address=(source, 0) if source else None)
        try:
            connection.request("POST", path, urllib.parse.urlencode(fields), FORM)
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read().decode("utf-8", "replace")
        finally:
            connection.close()
