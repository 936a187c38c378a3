# SPDX-License-Identifier: Apache-2.0
"""What the tests of killing need: a PostgreSQL that can be stopped, and visitors who never give up."""

import http.client
import random
import re
import secrets
import shutil
import subprocess
import tempfile
import threading
import time
import urllib.parse
from dataclasses import dataclass, field
from pathlib import Path

from clinic import ROOT, Clinic


class Postgres:
    """A PostgreSQL server of its own, in a folder of its own, spoken to over its socket."""

    def __init__(self):
        # A short path: the socket lies in it. Not pytest's: the server runs as another user than root.
        self.folder = Path(tempfile.mkdtemp(prefix="soleus-pg-"))
        self.address = self._script("start", self.folder)

    def crash(self) -> None:
        """Stops without finishing anything, as a power cut of the machine's process table would."""
        self._script("stop", self.folder, "immediate")

    def start(self) -> None:
        self._script("start", self.folder)

    def remove(self) -> None:
        self._script("stop", self.folder, "immediate")
        shutil.rmtree(self.folder)

    def ask(self, sql: str) -> list[list[str]]:
        done = subprocess.run(
            ["psql", self.address, "--no-psqlrc", "--tuples-only", "--no-align", "--command", sql],
            capture_output=True, text=True, timeout=30, check=True)
        return [line.split("|") for line in done.stdout.splitlines() if line]

    def _script(self, *arguments) -> str:
        # No pipes: the server would keep them open after the script has ended.
        with tempfile.TemporaryFile("w+") as said:
            done = subprocess.run(
                [str(ROOT / "scripts/postgres"), *map(str, arguments)], stdin=subprocess.DEVNULL, stdout=said,
                stderr=subprocess.STDOUT, timeout=60, check=False)
            said.seek(0)
            text = said.read().strip()
        assert done.returncode == 0, f"scripts/postgres {arguments[0]}: {text}"
        return text


@dataclass
class Visitors:
    """Visitors who ask to be evaluated, each until a server says that the request is kept.

    A visitor sends one and the same form until it is acknowledged, to any server, as a browser's retry does.
    """

    servers: list[Clinic]
    acknowledged: list[str] = field(default_factory=list)
    given_up: list[str] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)
    without_retry_after: int = 0
    broken: int = 0
    _stop: threading.Event = field(default_factory=threading.Event)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def start(self, count: int) -> "Visitors":
        self.page = self._page()
        self._threads = [threading.Thread(target=self._visit, daemon=True) for _ in range(count)]
        for thread in self._threads:
            thread.start()
        return self

    def stop(self) -> None:
        """Lets every form under way reach its end."""
        self._stop.set()
        for thread in self._threads:
            thread.join(60)
            assert not thread.is_alive(), "a visitor is still waiting for an answer after 60 s"

    def wait_for(self, more: int, within_s: float) -> float:
        """Seconds until so many more requests are acknowledged; fails when that takes too long."""
        began = time.monotonic()
        wanted = len(self.acknowledged) + more
        while len(self.acknowledged) < wanted:
            waited = time.monotonic() - began
            assert waited < within_s, (
                f"{len(self.acknowledged)} of {wanted} acknowledged after {within_s} s; last answers "
                f"{self.statuses[-10:]}\n{self.servers[0].tail()}")
            time.sleep(0.01)
        return time.monotonic() - began

    def _page(self) -> str:
        answer = self._send(self.servers[0], "/check", {}, None)
        found = re.search(r'name="page" value="([^"]+)"', answer[2])
        assert found, "the symptom check has no first page"
        return found[1]

    def _visit(self) -> None:
        while not self._stop.is_set():
            name = f"Visitor {secrets.token_hex(8)}"
            form = {"page": self.page, "answers": "", "form": secrets.token_hex(16), "name": name,
                    "phone": "555-0100-200"}
            # Every visitor comes from an address of their own; all are this machine.
            source = f"127.{random.randint(1, 250)}.{random.randint(0, 250)}.{random.randint(1, 250)}"
            for _ in range(400):
                try:
                    status, headers, _text = self._send(
                        random.choice(self.servers), "/check/request", form, source)
                except (OSError, http.client.HTTPException):
                    with self._lock:
                        self.broken += 1
                    time.sleep(0.05)
                    continue
                with self._lock:
                    self.statuses.append(status)
                    if status == 503 and "Retry-After" not in headers:
                        self.without_retry_after += 1
                    if status == 303:
                        self.acknowledged.append(name)
                        break
                time.sleep(0.05)
            else:
                with self._lock:
                    self.given_up.append(name)

    @staticmethod
    def _send(server: Clinic, path: str, form: dict[str, str], source: str | None):
        address = urllib.parse.urlsplit(server.url)
        connection = http.client.HTTPConnection(
            address.hostname, address.port, timeout=10, source_address=(source, 0) if source else None)
        try:
            connection.request("POST", path, urllib.parse.urlencode(form),
                               {"Content-Type": "application/x-www-form-urlencoded"})
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read().decode("utf-8", "replace")
        finally:
            connection.close()
