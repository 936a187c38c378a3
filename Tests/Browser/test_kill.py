# SPDX-License-Identifier: Apache-2.0
"""What was acknowledged is there, once, whatever is killed meanwhile."""

import random
import sqlite3
import time

import pytest
from clinic import Clinic, copy_of, soleus
from group import Postgres, Visitors

pytestmark = pytest.mark.kill

ROUNDS_GROUP = 20
ROUNDS_FILE = 30
VISITORS = 6
# From a server or the database being back to the next request kept.
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


def hold(names: list[str], visitors: Visitors) -> None:
    """Every acknowledged request is there once, and no other one twice."""
    kept = {name: names.count(name) for name in names}
    lost = [name for name in visitors.acknowledged if name not in kept]
    assert not lost, f"{len(lost)} of {len(visitors.acknowledged)} acknowledged requests are lost"
    twice = [name for name, count in kept.items() if count > 1]
    assert not twice, f"{len(twice)} requests were kept twice"
    assert not visitors.given_up, f"{len(visitors.given_up)} requests were never acknowledged"
    assert set(visitors.statuses) <= {303, 503}, f"answers besides 303 and 503: {set(visitors.statuses)}"
    assert visitors.without_retry_after == 0, "a 503 without Retry-After"


def test_a_group_of_servers_loses_nothing(demo_data, tmp_path, postgres):
    """Two servers on one PostgreSQL; now one of them dies, now the database."""
    data = copy_of(demo_data, tmp_path / "data")
    soleus("copy", "--from", data / "soleus.sqlite", "--to", postgres.address)
    servers = [Clinic(data, ("--database", postgres.address)).start() for _ in range(2)]
    before = int(postgres.ask("SELECT COUNT(*) FROM evaluation_request")[0][0])
    visitors = Visitors(servers).start(VISITORS)
    visitors.wait_for(1, within_s=20)
    lease = postgres.ask(LEASE)
    assert len(lease) == 1, "no server took the hourly job"
    try:
        for number in range(ROUNDS_GROUP):
            visitors.wait_for(5, within_s=20)
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
                victim.links.clear()
                victim.start()
            visitors.wait_for(1, within_s=RECOVERY_S)
    finally:
        visitors.stop()
    names = [row[0] for row in postgres.ask("SELECT name FROM evaluation_request WHERE name LIKE 'Visitor %'")]
    hold(names, visitors)
    assert 503 in visitors.statuses, "the database was away, and no server said so"
    # A request and its line in the audit are one.
    acts = int(postgres.ask("SELECT COUNT(*) FROM audit WHERE action = 'request_sent'")[0][0])
    kept = int(postgres.ask("SELECT COUNT(*) FROM evaluation_request")[0][0]) - before
    assert acts == kept
    assert soleus("chart", "verify", "--data", data, "--database", postgres.address).stdout.startswith("Every chart")
    # The hourly job ran once, however many servers were started.
    assert postgres.ask(LEASE) == lease
    for server in servers:
        server.stop()


def test_one_server_on_a_file_loses_nothing(demo_data, tmp_path):
    """The server is killed again and again while visitors write; the file is whole each time."""
    data = copy_of(demo_data, tmp_path / "data")
    server = Clinic(data).start()
    visitors = Visitors([server]).start(VISITORS)
    try:
        for _ in range(ROUNDS_FILE):
            visitors.wait_for(3, within_s=20)
            time.sleep(random.uniform(0, 0.2))
            kill(server)
            acknowledged = list(visitors.acknowledged)
            with sqlite3.connect(f"file:{data / 'soleus.sqlite'}?mode=ro", uri=True) as file:
                assert file.execute("PRAGMA integrity_check").fetchone() == ("ok",)
                assert not file.execute("PRAGMA foreign_key_check").fetchall()
                kept = {row[0] for row in file.execute("SELECT name FROM evaluation_request")}
            file.close()
            assert set(acknowledged) <= kept, "an acknowledged request is not in the file"
            server.links.clear()
            server.start()
            visitors.wait_for(1, within_s=RECOVERY_S)
    finally:
        visitors.stop()
    with sqlite3.connect(data / "soleus.sqlite") as file:
        names = [row[0] for row in file.execute("SELECT name FROM evaluation_request WHERE name LIKE 'Visitor %'")]
    hold(names, visitors)
    assert soleus("chart", "verify", "--data", data).stdout.startswith("Every chart")
    server.stop()
