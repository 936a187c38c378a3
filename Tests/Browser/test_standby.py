# SPDX-License-Identifier: Apache-2.0
"""A group's database with a standby, as docs/deploy.md sets it up: TLS with an authority of one's own, a
synchronous replica, the first machine lost, the second promoted, a dump restored."""

import os
import re
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

import pytest
from clinic import Clinic, copy_of, free_port, soleus
from memory import Postgres
from visitors import Visitors

VISITORS = 6
# From the promotion to the next request kept.
RECOVERY_S = 15
PASSWORD = "a password of this test alone"


class Machine(Postgres):
    """A PostgreSQL that other machines reach over TLS alone; its port is on this machine."""

    def __init__(self, name: str):
        super().__init__()
        self.name, self.port = name, free_port()
        self.address = f"{self.address}&port={self.port}"

    def own(self, path: Path) -> Path:
        """The server's files belong to the user it runs as."""
        if os.geteuid() == 0:
            shutil.chown(path, "postgres", "postgres")
        return path

    def listen(self, certificates: "Authority") -> None:
        """Starts anew, with a certificate and a port of its own."""
        self.crash()
        certificate, key = certificates.issue(self.name, self.folder)
        for path in (certificate, key):
            self.own(path)
        # The last word counts: in a copy it stands after the other's.
        with (self.folder / "data/postgresql.auto.conf").open("a") as settings:
            settings.write(
                f"listen_addresses = '127.0.0.1'\nport = {self.port}\nssl = on\nssl_cert_file = '{certificate}'\n"
                f"ssl_key_file = '{key}'\nunix_socket_directories = '{self.folder}'\n")
        (self.folder / "data/pg_hba.conf").write_text(
            "local all all trust\nlocal replication all trust\n"
            "hostssl clinic soleus 127.0.0.0/8 scram-sha-256\n")
        self.start()

    def program(self, name: str, *arguments: str) -> None:
        """One of the server's own programs, as the user the server runs as."""
        found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
        assert found, f"no {name} on this machine"
        user = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] if os.geteuid() == 0 else []
        done = subprocess.run(
            [*user, str(found[-1]), *arguments], capture_output=True, text=True, timeout=60, cwd="/", check=False)
        assert done.returncode == 0, f"{name}: {done.stdout}{done.stderr}"

    def follow(self, first: "Machine") -> None:
        """Becomes a copy of another that follows it; made anew in the folder of its own."""
        self.crash()
        shutil.rmtree(self.folder / "data")
        self.program(
            "pg_basebackup", "--pgdata", str(self.folder / "data"), "--write-recovery-conf", "--create-slot", "--checkpoint", "fast",
            "--slot", self.name, "--dbname", f"host={first.folder} port={first.port} application_name={self.name}")

    def promote(self) -> None:
        self.program("pg_ctl", "--pgdata", str(self.folder / "data"), "--wait", "promote")


class Authority:
    """A certificate authority of one's own."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.certificate = folder / "ca.pem"
        self._openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days",
                      "2", "-subj", "/CN=Test authority", "-keyout", folder / "ca.key", "-out", self.certificate)

    def issue(self, name: str, to: Path) -> tuple[Path, Path]:
        certificate, key, request = to / "server.pem", to / "server.key", self.folder / f"{name}.csr"
        names = self.folder / f"{name}.names"
        names.write_text(f"subjectAltName = DNS:{name}.test\n")
        self._openssl("req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj",
                      f"/CN={name}.test", "-keyout", key, "-out", request)
        self._openssl("x509", "-req", "-in", request, "-CA", self.certificate, "-CAkey", self.folder / "ca.key",
                      "-CAcreateserial", "-days", "2", "-extfile", names, "-out", certificate)
        key.chmod(0o600)
        return certificate, key

    @staticmethod
    def _openssl(*arguments) -> None:
        subprocess.run(["openssl", *map(str, arguments)], check=True, capture_output=True, timeout=30)


@pytest.fixture
def machines():
    started = [Machine("db1"), Machine("db2")]
    yield started
    for machine in started:
        machine.remove()


@pytest.fixture
def pair(machines, monkeypatch):
    """The first machine with its synchronous standby, and the address of both together."""
    first, second = machines
    folder = Path(tempfile.mkdtemp(prefix="soleus-ca-"))
    authority = Authority(folder)
    first.listen(authority)
    first.ask(f"CREATE ROLE soleus LOGIN PASSWORD '{PASSWORD}'")
    first.ask("CREATE DATABASE clinic OWNER soleus TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'")
    for machine in machines:
        machine.address = machine.address.replace("/soleus?", "/clinic?")
    second.follow(first)
    second.listen(authority)
    # Only once the standby is there, and on the first alone: a promoted one would wait for itself.
    first.ask("ALTER SYSTEM SET synchronous_standby_names = 'db2'")
    first.ask("SELECT pg_reload_conf()")
    passwords = folder / "pgpass"
    passwords.write_text(f"*:*:clinic:soleus:{PASSWORD}\n")
    passwords.chmod(0o600)
    monkeypatch.setenv("PGPASSFILE", str(passwords))
    yield first, second, authority, (
        f"postgres://soleus@db1.test:{first.port},db2.test:{second.port}/clinic"
        f"?hostaddr=127.0.0.1,127.0.0.1&sslrootcert={authority.certificate}&target_session_attrs=read-write")
    shutil.rmtree(folder)


def test_the_standby_takes_over_and_nothing_is_lost(demo_data, tmp_path, pair):
    first, second, _, address = pair
    data = copy_of(demo_data, tmp_path / "data")
    soleus("copy", "--from", data / "soleus.sqlite", "--to", address)
    assert first.ask("SELECT application_name, sync_state FROM pg_stat_replication") == [["db2", "sync"]]
    servers = [Clinic(data, ("--database", address)).start() for _ in range(2)]
    assert first.ask("SELECT bool_and(ssl) FROM pg_stat_ssl s JOIN pg_stat_activity a USING (pid)"
                     " WHERE a.usename = 'soleus'") == [["t"]], "a server speaks to its database without TLS"
    visitors = Visitors(servers).start(asking=VISITORS, booking=0)
    try:
        visitors.wait_for(20, within_s=30)
        first.crash()
        second.promote()
        took = visitors.wait_for(1, within_s=RECOVERY_S)
        visitors.wait_for(20, within_s=30)
    finally:
        visitors.stop()
    print(f"the next request was kept {took:.1f} s after the promotion; {visitors.acknowledged} in all")
    kept = [row[0] for row in second.ask("SELECT name FROM evaluation_request WHERE name LIKE 'Visitor %'")]
    lost = set(visitors.requests) - set(kept)
    assert not lost, f"{len(lost)} of {len(visitors.requests)} acknowledged requests went with the first machine"
    assert len(kept) == len(set(kept)), "something was kept twice"
    assert not visitors.faults
    assert set(visitors.statuses) <= {303, 503} and visitors.without_retry_after == 0
    assert soleus("chart", "verify", "--data", data, "--database", address).stdout.startswith("Every chart")
    for server in servers:
        server.stop()

    # The nightly dump, restored into a new database.
    dump = second.folder / "clinic.dump"
    second.program("pg_dump", "-Fc", "-f", str(dump), f"host={second.folder} port={second.port} dbname=clinic")
    second.ask("CREATE DATABASE drill OWNER soleus TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'")
    second.program(
        "pg_restore", "--exit-on-error", "-d", f"host={second.folder} port={second.port} dbname=drill", str(dump))
    drill = second.address.replace("/clinic?", "/drill?")
    assert soleus("chart", "verify", "--data", data, "--database", drill).stdout.startswith("Every chart")


def test_a_server_whose_name_was_not_checked_is_not_spoken_to(pair, tmp_path):
    _, _, authority, address = pair
    other = tmp_path / "other"
    other.mkdir()
    shutil.copy(Authority(other).certificate, authority.folder / "other.pem")
    alone = re.sub(r",db2\.test:\d+", "", address).replace("127.0.0.1,127.0.0.1", "127.0.0.1")
    soleus("migrate", "--database", alone)
    for old, new, reason in [
        ("db1.test", "elsewhere.test", "cannot be reached"),
        ("ca.pem", "other.pem", "cannot be reached"),
        ("sslrootcert", "sslmode=require&sslrootcert", "sslmode must be verify-full"),
    ]:
        refused = soleus("migrate", "--database", alone.replace(old, new), exit_code=1).stderr
        assert reason in refused, f"{new}: {refused}"
