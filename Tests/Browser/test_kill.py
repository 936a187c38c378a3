# SPDX-License-Identifier: Apache-2.0
"""What was acknowledged is there, once, whatever is killed meanwhile."""

import random
import sqlite3
import time

import pytest
from clinic import Clinic, copy_of, soleus
from memory import File, Postgres, Rows
from races import Pair, race_clinic
from visitors import Visitors

pytestmark = pytest.mark.kill

ROUNDS_GROUP = 20
ROUNDS_FILE = 30
ASKING, BOOKING = 3, 5
# From a server or the database being back to the next form kept.
RECOVERY_S = 5
LEASE = "SELECT holder, taken_at FROM job_lease WHERE job = 'sweep sessions'"


@pytest.fixture
def postgres():
    started = Postgres()
    yield started
    started.remove()


def kill(server: Clinic) -> None:
    server.process.kill()
    server.process.wait(10)


def start_again(server: Clinic) -> None:
    server.links.clear()
    server.start()


def holds(rows: File | Rows, visitors: Visitors) -> None:
    """What the servers said is what the database keeps: nothing less, nothing more, nothing twice."""
    assert not visitors.faults
    assert set(visitors.statuses) <= {201, 303, 409, 503}, f"other answers: {set(visitors.statuses)}"
    assert visitors.without_retry_after == 0, "a 503 without Retry-After"
    names = [row[0] for row in rows.ask("SELECT name FROM evaluation_request WHERE name LIKE 'Visitor %'")]
    assert sorted(names) == sorted(visitors.requests)
    kept = {
        row[0]: tuple(row[1:]) for row in rows.ask(
            "SELECT id, visitor_name, starts_at, status FROM appointment WHERE created_by = 'visitor'")}
    said = visitors.bookings
    assert not said.keys() - kept.keys(), "an acknowledged appointment is lost"
    assert not kept.keys() - said.keys(), "an appointment that nobody was told of"
    assert kept == said, [(said[each], kept[each]) for each in said if said[each] != kept[each]]
    # An appointment and its message are one.
    assert rows.ask(
        """SELECT COUNT(*) FROM appointment a WHERE created_by = 'visitor' AND NOT EXISTS (
               SELECT 1 FROM outbox_message m WHERE m.appointment = a.id AND m.kind = CASE
                   WHEN a.status = 'cancelled' THEN 'cancelled' WHEN a.sequence > 0 THEN 'moved'
                   ELSE 'confirmation' END)"""
    ) == [["0"]], "an appointment without its message"


def tell(capsys, what: str, visitors: Visitors, recoveries: list[float]) -> None:
    with capsys.disabled():
        print(f"\n{what}: {len(recoveries)} times; {visitors.acknowledged} forms acknowledged, "
              f"{visitors.refused} refused as taken, {visitors.statuses.count(503)} answered 503, "
              f"{visitors.broken} connections broken; recovered within {max(recoveries):.2f} s")


def test_a_group_of_servers_loses_nothing(demo_data, tmp_path, postgres, capsys):
    """Two servers on one PostgreSQL; now one of them dies, now the database."""
    data = race_clinic(copy_of(demo_data, tmp_path / "data"))
    soleus("copy", "--from", data / "soleus.sqlite", "--to", postgres.address)
    servers = [Clinic(data, ("--database", postgres.address)).start() for _ in range(2)]
    before = int(postgres.ask("SELECT COUNT(*) FROM evaluation_request")[0][0])
    visitors = Visitors(servers).start(ASKING, BOOKING)
    visitors.wait_for(1, within_s=20)
    lease = postgres.ask(LEASE)
    assert len(lease) == 1, "no server took the hourly job"
    recoveries = []
    try:
        for number in range(ROUNDS_GROUP):
            visitors.wait_for(8, within_s=20)
            time.sleep(random.uniform(0, 0.3))
            if number % 2:
                postgres.crash()
                time.sleep(0.3)
                postgres.start()
            else:
                victim = servers[number // 2 % 2]
                kill(victim)
                # The other one goes on alone.
                visitors.wait_for(3, within_s=RECOVERY_S)
                start_again(victim)
            recoveries.append(visitors.wait_for(1, within_s=RECOVERY_S))
    finally:
        visitors.stop()
    tell(capsys, "a server or PostgreSQL killed", visitors, recoveries)
    holds(postgres, visitors)
    Pair("postgres", servers, postgres).whole()
    assert 503 in visitors.statuses, "the database was away, and no server said so"
    # A request and its line in the audit are one.
    acts = int(postgres.ask("SELECT COUNT(*) FROM audit WHERE action = 'request_sent'")[0][0])
    assert acts == int(postgres.ask("SELECT COUNT(*) FROM evaluation_request")[0][0]) - before
    assert soleus("chart", "verify", "--data", data, "--database", postgres.address).stdout.startswith("Every chart")
    # The hourly job ran once, however many servers were started.
    assert postgres.ask(LEASE) == lease
    for server in servers:
        server.stop()


def test_one_server_on_a_file_loses_nothing(demo_data, tmp_path, capsys):
    """The server is killed again and again while visitors write; the file is whole each time."""
    data = race_clinic(copy_of(demo_data, tmp_path / "data"))
    server = Clinic(data).start()
    visitors = Visitors([server]).start(ASKING, BOOKING)
    recoveries = []
    try:
        for _ in range(ROUNDS_FILE):
            visitors.wait_for(4, within_s=20)
            time.sleep(random.uniform(0, 0.2))
            kill(server)
            requests, bookings = set(visitors.requests), set(visitors.bookings)
            with sqlite3.connect(f"file:{data / 'soleus.sqlite'}?mode=ro", uri=True) as file:
                assert file.execute("PRAGMA integrity_check").fetchone() == ("ok",)
                assert not file.execute("PRAGMA foreign_key_check").fetchall()
                assert requests <= {row[0] for row in file.execute("SELECT name FROM evaluation_request")}
                assert bookings <= {row[0] for row in file.execute("SELECT id FROM appointment")}
            file.close()
            start_again(server)
            recoveries.append(visitors.wait_for(1, within_s=RECOVERY_S))
    finally:
        visitors.stop()
    tell(capsys, "a server on a file killed", visitors, recoveries)
    rows = File(data / "soleus.sqlite")
    holds(rows, visitors)
    Pair("sqlite", [server], rows).whole()
    assert soleus("chart", "verify", "--data", data).stdout.startswith("Every chart")
    server.stop()
