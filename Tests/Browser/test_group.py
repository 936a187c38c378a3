# SPDX-License-Identifier: Apache-2.0
"""A clinic on PostgreSQL: moved there and back, and kept by two servers as if they were one."""

import re
import sqlite3
from pathlib import Path

import pytest
from clinic import Clinic, copy_of, csrf, signed_in, soleus
from conftest import SEED
from memory import Postgres


@pytest.fixture(scope="module")
def postgres():
    started = Postgres()
    yield started
    started.remove()


@pytest.fixture
def empty(postgres, request) -> str:
    """The address of a database without a table."""
    name = "t_" + re.sub(r"\W", "_", request.node.name)[:50]
    postgres.ask(f"CREATE DATABASE {name}")
    yield postgres.address.replace("/soleus?", f"/{name}?")
    postgres.ask(f"DROP DATABASE {name} WITH (FORCE)")


def content(file: Path) -> dict[str, list]:
    """Every row of every table; of the schema's steps all but the time they were run at."""
    with sqlite3.connect(file) as database:
        tables = [row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        rows = {table: sorted(database.execute(f"SELECT * FROM {table}"), key=repr) for table in tables}
    rows["schema_migration"] = [row[:2] for row in rows["schema_migration"]]
    return rows


# What a demo that nobody has used yet has none of.
USED = """
    INSERT INTO session SELECT hex(randomblob(32)), id, :now, :now, 900, :later, 'c' FROM person LIMIT 1;
    INSERT INTO sign_in_link SELECT hex(randomblob(32)), id, NULL, :now, :later, NULL FROM person LIMIT 1;
    INSERT INTO calendar_feed SELECT hex(randomblob(32)), id, id, :now, NULL, NULL FROM person LIMIT 1;
    INSERT INTO calendar_import VALUES ('calendar-1', :later, NULL, 0, '', 'refused');
    INSERT INTO throttle VALUES ('address ::1', 1, 1, :now, NULL);
    INSERT INTO job_lease VALUES ('messages', 'x', :now, :later);
    INSERT INTO waiting_link SELECT hex(randomblob(32)), id, :now FROM waiting LIMIT 1;
    INSERT INTO text_refusal VALUES ('phone:5550102004', 'desk', :now);
"""


def in_use(data: Path) -> Path:
    """A demo clinic with a diary, reviews and recordings, and a row in every table."""
    soleus("demo", "--data", data, "--seed", SEED)
    now, later = "2026-11-25T12:00:00.000Z", "2026-11-25T13:00:00.000Z"
    with sqlite3.connect(data / "soleus.sqlite") as database:
        for statement in USED.split(";\n"):
            database.execute(statement, {"now": now, "later": later})
    bare = [table for table, rows in content(data / "soleus.sqlite").items() if not rows]
    assert not bare, f"nothing to copy in {bare}"
    return data


def test_there_and_back(tmp_path, empty):
    data = in_use(tmp_path / "data")
    file, back = data / "soleus.sqlite", tmp_path / "back.sqlite"
    said = soleus("copy", "--from", file, "--to", empty).stdout
    assert re.search(r"^person: \d+$", said, re.MULTILINE) and re.search(r"^entry: \d+$", said, re.MULTILINE)
    assert soleus("chart", "verify", "--data", data, "--database", empty).stdout.startswith("Every chart")
    assert soleus("migrate", "--data", data, "--database", empty).stdout == "The schema is up to date.\n"
    soleus("copy", "--from", empty, "--to", back)
    assert content(back) == content(file)
    assert soleus("chart", "verify", "--data", data, "--database", back).stdout.startswith("Every chart")

    # A second copy would mix two clinics.
    refused = soleus("copy", "--from", file, "--to", empty, exit_code=1)
    assert "holds rows already" in refused.stderr
    before = back.read_bytes()
    assert "is there already" in soleus("copy", "--from", empty, "--to", back, exit_code=1).stderr
    assert back.read_bytes() == before


def test_a_copy_that_fails_leaves_no_file(demo_data, tmp_path, empty):
    data = copy_of(demo_data, tmp_path / "data")
    with sqlite3.connect(data / "soleus.sqlite") as database:
        database.execute("DROP TRIGGER entry_no_update")
        database.execute("UPDATE entry SET author = 'somebody' WHERE sequence = 2")
    for target in (empty, str(tmp_path / "new.sqlite")):
        refused = soleus("copy", "--from", data / "soleus.sqlite", "--to", target, exit_code=1)
        assert "altered(2)" in refused.stderr and "not copied" in refused.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["data"]
    # Nothing is half there: the same database takes a whole clinic.
    soleus("copy", "--from", demo_data / "soleus.sqlite", "--to", empty)


@pytest.mark.parametrize(("address", "reason"), [
    ("postgres://me:Marker@db.invalid/clinic?sslmode=require", "sslmode must be verify-full"),
    ("postgres://me:Marker@127.0.0.1:1/clinic", "cannot be reached"),
    ("postgres://me:Mar@ker@127.0.0.1/clinic", "%40"),
    ("mysql://me:Marker@127.0.0.1/clinic", "must begin with postgres://"),
])
def test_an_address_that_does_not_do_says_why_and_tells_no_password(demo_data, tmp_path, monkeypatch, address, reason):
    data = copy_of(demo_data, tmp_path / "data")
    for arguments, environment in ((["--database", address], ""), ([], address)):
        monkeypatch.setenv("SOLEUS_DATABASE", environment)
        refused = soleus("chart", "verify", "--data", data, *arguments, exit_code=1)
        said = refused.stdout + refused.stderr
        assert reason in said
        assert "Marker" not in said and "Mar@ker" not in said


def test_two_servers_are_one(demo_data, tmp_path, empty, monkeypatch):
    data = copy_of(demo_data, tmp_path / "data")
    (data / "soleus.sqlite").unlink()
    monkeypatch.setenv("SOLEUS_DATABASE", empty)
    # A new clinic of its own, made in the empty database.
    soleus("demo", "--data", data, "--seed", "7")
    assert "holds a clinic already" in soleus("demo", "--data", data, exit_code=1).stderr
    assert not (data / "soleus.sqlite").exists()
    first, second = Clinic(data).start(), Clinic(data).start()

    cookie = signed_in(first, first.link("therapist"))
    assert first.get("/board", {"Cookie": cookie}).status == 200
    assert second.get("/board", {"Cookie": cookie}).status == 200, "a session of one server is one of the other"
    link = first.link("patient")
    assert signed_in(second, link.replace(first.url, second.url))
    assert not signed_in(first, link), "a link that one server took is used up on the other"
    second.send("/sign-out", {"csrf": csrf(second, cookie, "/board")}, {"Cookie": cookie})
    assert first.get("/board", {"Cookie": cookie}).status != 200, "who signed out of one is out of both"
    for server in (first, second):
        server.stop()
    assert soleus("chart", "verify", "--data", data).stdout.startswith("Every chart")
