# SPDX-License-Identifier: Apache-2.0
"""A clinic's rows, asked from outside: the file, or a PostgreSQL server that can be stopped."""

import shutil
import sqlite3
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from clinic import ROOT


@dataclass
class File:
    """A clinic's SQLite file."""

    path: Path

    def ask(self, sql: str) -> list[list[str]]:
        """Runs one statement; every value as text, as psql prints it."""
        connection = sqlite3.connect(self.path, timeout=20)
        try:
            with connection:
                return [["" if value is None else str(value) for value in row] for row in connection.execute(sql)]
        finally:
            connection.close()


@dataclass
class Rows:
    """One database of a PostgreSQL server."""

    address: str

    def ask(self, sql: str) -> list[list[str]]:
        """Runs one statement; every value as text, as psql prints it."""
        done = subprocess.run(
            ["psql", self.address, "--no-psqlrc", "--quiet", "--tuples-only", "--no-align", "--command", sql],
            capture_output=True, text=True, timeout=60, check=False)
        assert done.returncode == 0, f"psql: {done.stderr}"
        return [line.split("|") for line in done.stdout.splitlines() if line]


class Postgres(Rows):
    """A PostgreSQL server of its own, in a folder of its own, spoken to over its socket."""

    def __init__(self):
        # A short path: the socket lies in it. Not pytest's: the server runs as another user than root.
        self.folder = Path(tempfile.mkdtemp(prefix="soleus-pg-"))
        super().__init__(self._script("start", self.folder))

    def database(self, name: str) -> Rows:
        """Another database on the same server, empty."""
        self.ask(f"CREATE DATABASE {name}")
        return Rows(self.address.replace("/soleus?", f"/{name}?"))

    def crash(self) -> None:
        """Stops without finishing anything, as a power cut of the machine's process table would."""
        self._script("stop", self.folder, "immediate")

    def start(self) -> None:
        self._script("start", self.folder)

    def remove(self) -> None:
        self._script("stop", self.folder, "immediate")
        shutil.rmtree(self.folder)

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
