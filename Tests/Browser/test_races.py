# SPDX-License-Identifier: Apache-2.0
"""Many clients, two server processes, one database: a time is booked once.

Half of the clients ask for a time that begins half a slot later, so that overlapping counts and not
equality alone. Each must be told 201 or 409; afterwards SQL finds no two claims that overlap.

`--race-slots 500` runs the big one.
"""

import collections
import concurrent.futures
import http.client
import json
import random
import sqlite3
import urllib.parse
from datetime import datetime, timedelta, timezone

import pytest
from clinic import Clinic, copy_of

CLIENTS = [2, 8, 64, 200]


@pytest.fixture
def two_servers(demo_data, tmp_path):
    """Two processes on one file, as behind a proxy: the client's address is what the proxy says."""
    data = copy_of(demo_data, tmp_path / "data")
    text = (data / "clinic.yaml").read_text()
    # One therapist, open day and night: slots enough, and nobody else to give them to.
    hours = "\n".join(
        f'  {day}: ["00:00-24:00"]'
        for day in "monday tuesday wednesday thursday friday saturday sunday".split())
    start, end = text.index("hours:"), text.index("# What can be booked")
    (data / "clinic.yaml").write_text(f"{text[:start]}hours:\n{hours}\n{text[end:]}")
    running = [
        Clinic(data, arguments=("--public-url", "https://clinic.example")).start() for _ in range(2)]
    yield data, running
    for server in running:
        server.stop()


def ask(server: Clinic, path: str, fields: dict, client: int) -> tuple[int, dict]:
    """One POST as a program sends it; the address is the client's own."""
    host = urllib.parse.urlsplit(server.url).netloc
    connection = http.client.HTTPConnection(host, timeout=60)
    connection.request(
        "POST", path, urllib.parse.urlencode(fields), {
            "Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json",
            "X-Forwarded-For": f"10.{client >> 16 & 255}.{client >> 8 & 255}.{client & 255}"})
    answer = connection.getresponse()
    body = answer.read().decode()
    connection.close()
    return answer.status, json.loads(body) if body.startswith("{") else {}


def form() -> str:
    return f"{random.getrandbits(128):032x}"


def starts_from(day: int, count: int) -> list[datetime]:
    """So many whole half hours, from a day that lies ahead."""
    first = datetime.now(timezone.utc).replace(minute=0, second=0, microsecond=0) + timedelta(days=day)
    return [first + timedelta(minutes=30 * number) for number in range(count)]


def text(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%S.000Z")


def overlapping(data) -> int:
    with sqlite3.connect(f"file:{data / 'soleus.sqlite'}?mode=ro", uri=True) as database:
        return database.execute(
            """SELECT COUNT(*) FROM appointment_claim a JOIN appointment_claim b
               ON a.resource = b.resource AND a.appointment < b.appointment
               WHERE a.active = 1 AND b.active = 1 AND a.starts < b.ends AND b.starts < a.ends"""
        ).fetchone()[0]


def race(servers, wishes: list[tuple[str, dict]], at_once: int) -> list[tuple[int, dict]]:
    """Sends all wishes, so many at once; the servers take turns."""
    with concurrent.futures.ThreadPoolExecutor(at_once) as pool:
        answers = list(pool.map(
            lambda wish: ask(servers[wish[0] % 2], wish[1][0], wish[1][1], random.getrandbits(24)),
            enumerate(wishes)))
    return answers


def hold(start: datetime) -> tuple[str, dict]:
    return "/book/hold", {
        "form": form(), "service": "treatment", "therapist": "", "starts": text(start)}


@pytest.mark.parametrize("clients", CLIENTS)
def test_one_winner_for_each_time(two_servers, request, clients):
    data, servers = two_servers
    slots = request.config.getoption("--race-slots") or max(2, 160 // clients)
    # An hour between two contested times: the offset ones overlap their own and no other.
    contested = starts_from(2, 2 * slots)[::2]
    wishes = [
        hold(start + timedelta(minutes=15 * (number % 2)))
        for start in contested for number in range(clients)]
    answers = race(servers, wishes, clients)
    statuses = collections.Counter(status for status, _ in answers)
    assert set(statuses) <= {201, 409}, f"{statuses}\n{servers[0].tail()}"
    assert statuses[201] == slots, f"{slots} times, {statuses}"
    won = collections.Counter(body["starts"][:13] for status, body in answers if status == 201)
    assert all(count == 1 for count in won.values()), won
    losers = [body for status, body in answers if status == 409]
    assert all(body["error"] == "taken" and body["nearest"] for body in losers)
    assert overlapping(data) == 0


def test_moves_series_and_the_waiting_list(two_servers):
    """Confirming, moving, cancelling and holding at once, for the same few times."""
    data, servers = two_servers
    times = starts_from(5, 24)[::2]
    held = []
    for start in times:
        status, body = ask(servers[0], *hold(start), client=random.getrandbits(24))
        assert status == 201, body
        held.append(body["manage"])
    wishes = [
        (f"{path}/confirm",
         {"form": form(), "name": f"Guest {number}", "phone": f"555 01{number:05d}", "email": ""})
        for number, path in enumerate(held)]
    confirmed = race(servers, wishes + wishes, 8)
    assert {status for status, _ in confirmed} == {201}, confirmed
    target = times[-1] + timedelta(hours=2)
    moves = [(f"{path}/move", {"form": form(), "starts": text(target)}) for path in held]
    others = [hold(target + timedelta(minutes=15)) for _ in range(12)]
    leaves = [(f"{path}/cancel", {"form": form()}) for path in held[:4]]
    waits = [
        ("/book/waiting",
         {"form": form(), "service": "treatment", "therapist": "", "name": f"Wait {number}",
          "phone": f"555 02{number:05d}", "email": "",
          "latest": (times[-1] + timedelta(days=1)).strftime("%Y-%m-%d")})
        for number in range(6)]
    mixed = moves + others + leaves + waits
    random.shuffle(mixed)
    answers = race(servers, mixed, 34)
    statuses = collections.Counter(status for status, _ in answers)
    assert all(status < 500 for status in statuses), f"{statuses}\n{servers[0].tail()}"
    assert overlapping(data) == 0


def test_a_form_sent_three_times_is_one_booking(two_servers):
    data, servers = two_servers
    wish = hold(starts_from(9, 1)[0])
    first, second = race(servers, [wish, wish], 2)
    servers[0].stop()
    servers[0].links.clear()
    servers[0].start()
    third = ask(servers[0], *wish, client=7)
    assert first[0] == 201
    assert first == second == third
    with sqlite3.connect(f"file:{data / 'soleus.sqlite'}?mode=ro", uri=True) as database:
        kept = database.execute(
            "SELECT COUNT(*) FROM appointment WHERE id = ?", [first[1]["id"]]).fetchone()[0]
    assert kept == 1
