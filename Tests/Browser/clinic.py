# SPDX-License-Identifier: Apache-2.0
"""A clinic under test: its folder, its server, its sign-in links."""

import os
import random
import re
import shutil
import signal
import socket
import ssl
import subprocess
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
START_S = 20
STOP_S = 15
ADDRESS = re.compile(r"^Soleus is at (https?://\S+?)/?$")
LINK = re.compile(r"^(patient|therapist|desk|admin): (https?://\S+/enter/\S+)$")


def binary() -> Path:
    """The command under test: $SOLEUS_BIN, or the debug build."""
    path = Path(os.environ.get("SOLEUS_BIN", ROOT / ".build/debug/soleus"))
    if not path.exists():
        raise FileNotFoundError(f"{path} is not there: run `swift build`, or set SOLEUS_BIN")
    return path


def soleus(*arguments: str, exit_code: int = 0, timeout_s: float = 120) -> subprocess.CompletedProcess:
    """Runs one subcommand to its end; fails with what it printed when it ends otherwise than expected."""
    command = [str(binary()), *map(str, arguments)]
    done = subprocess.run(
        command, capture_output=True, text=True, timeout=timeout_s, stdin=subprocess.DEVNULL)
    said = f"{' '.join(command)}\nexit code {done.returncode}\n{done.stdout}{done.stderr}"
    assert done.returncode == exit_code, said
    return done


def free_port() -> int:
    """A port that nothing listens on, below the range that the system hands to clients."""
    for port in random.sample(range(20000, 32000), 100):
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
                return port
            except OSError:
                continue
    raise OSError("no free port between 20000 and 32000")


@dataclass
class Answer:
    """One HTTP answer, redirects not followed, as the server sent it."""

    status: int
    headers: dict[str, str]
    body: str


def trusting() -> ssl.SSLContext:
    """Trusts whoever answers: for a server that made its own certificate."""
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


@dataclass
class Clinic:
    """A running server over one data folder."""

    data: Path
    arguments: tuple[str, ...] = ()
    url: str = ""
    port: int = 0
    links: dict[str, str] = field(default_factory=dict)
    log: list[str] = field(default_factory=list)
    process: subprocess.Popen | None = None

    def start(self) -> "Clinic":
        self.port = port = free_port()
        self.process = subprocess.Popen(
            [str(binary()), "serve", "--data", str(self.data), "--host", "127.0.0.1",
             "--port", str(port), "--links", *self.arguments],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        # Read all the time: a full pipe would stop the server.
        self._reader = threading.Thread(target=self._read, args=[self.process.stdout], daemon=True)
        self._reader.start()
        deadline = time.monotonic() + START_S
        while not (len(self.links) == 4 and self.url and self._answers()):
            assert self.process.poll() is None, f"the server ended while starting\n{self.tail()}"
            if time.monotonic() > deadline:
                self.process.kill()
                raise AssertionError(
                    f"no address, links and answer within {START_S} s\n{self.tail()}")
            time.sleep(0.02)
        return self

    def stop(self) -> None:
        """Ends the server as a service manager would, and holds it to a clean end."""
        assert self.process
        ended = self.process.poll()
        assert ended is None, f"the server had ended by itself, exit code {ended}\n{self.tail()}"
        self.process.send_signal(signal.SIGTERM)
        try:
            code = self.process.wait(STOP_S)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise AssertionError(
                f"the server did not stop within {STOP_S} s of SIGTERM\n{self.tail()}") from None
        self._reader.join(STOP_S)
        assert code == 0, f"exit code {code} after SIGTERM\n{self.tail()}"

    def link(self, who: str) -> str:
        """A new single-use sign-in link for a role or a name."""
        said = soleus("link", "--data", self.data, who).stdout
        found = re.search(r"http://\S+(/enter/\S+)", said)
        assert found, f"no link for {who} in: {said}"
        # The command cannot know the port that this server took.
        return self.url + found[1]

    def get(self, path: str, headers: dict[str, str] | None = None, method: str = "GET") -> Answer:
        """Asks without a browser: for headers, status and bytes."""
        return self._answer(urllib.request.Request(self.url + path, headers=headers or {}, method=method))

    def send(self, path: str, fields: dict[str, str], headers: dict[str, str] | None = None) -> Answer:
        """Sends a form without a browser."""
        return self._answer(urllib.request.Request(
            self.url + path, urllib.parse.urlencode(fields).encode(), headers or {}, method="POST"))

    def _answer(self, request: urllib.request.Request) -> Answer:
        try:
            answer = urllib.request.build_opener(
                _Stay, urllib.request.HTTPSHandler(context=trusting())).open(request, timeout=10)
        except urllib.error.HTTPError as refused:
            answer = refused
        with answer:
            found = {name.lower(): value for name, value in answer.headers.items()}
            return Answer(answer.status, found, answer.read().decode("utf-8", "replace"))

    def tail(self) -> str:
        return "\n".join(self.log[-40:])

    def _read(self, lines) -> None:
        for line in map(str.rstrip, lines):
            self.log.append(line)
            if address := ADDRESS.match(line):
                # Behind a proxy people type the proxy's address; the tests ask the server itself.
                is_behind = "--public-url" in self.arguments
                self.url = f"http://127.0.0.1:{self.port}" if is_behind else address[1]
            elif link := LINK.match(line):
                self.links[link[1]] = link[2]

    def _answers(self) -> bool:
        try:
            return self.get("/healthz").status < 500
        except OSError:
            return False


def signed_in(server: Clinic, link: str) -> str:
    """Redeems a sign-in link without a browser; the Cookie header, or nothing where the link was refused."""
    path = urllib.parse.urlsplit(link).path
    action = re.search(r'<form[^>]*method="post"[^>]*action="(/enter[^"]*)"', server.get(path).body)
    if not action:
        return ""
    answer = server.send(action[1], {"go": "1"})
    return answer.headers.get("set-cookie", "").partition(";")[0] if answer.status == 303 else ""


def csrf(server: Clinic, cookie: str, path: str) -> str:
    """The token that this session's forms carry, read from a page that has one."""
    found = re.search(r'name="csrf" value="([^"]+)"', server.get(path, {"Cookie": cookie}).body)
    assert found, f"{path} has no form"
    return found[1]


def copy_of(data: Path, to: Path) -> Path:
    """The same clinic once more, for a test that changes it."""
    return Path(shutil.copytree(data, to))
