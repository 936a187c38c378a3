# SPDX-License-Identifier: Apache-2.0
"""A mail system that keeps each message in a file, for the server of a clinic to send through."""

import email
import email.policy
import time
from pathlib import Path

PATIENCE_S = 30


def append(data: Path, text: str) -> None:
    """Adds to the clinic's file."""
    path = data / "clinic.yaml"
    path.write_text(path.read_text() + text)


def mail_system(data: Path, folder: Path) -> Path:
    """Sets the clinic up to send by a command that keeps each message, and ends as the file `ending` says."""
    box = folder / "box"
    box.mkdir()
    program = folder / "sendmail"
    program.write_text(
        "#!/bin/sh\nif [ -f {0}/ending ]; then cat > /dev/null; exit $(cat {0}/ending); fi\n"
        "echo \"$@\" > \"$(mktemp {0}/arguments.XXXXXX)\"\n"
        "f=$(mktemp {0}/draft.XXXXXX); cat > $f; mv $f $f.eml\n".format(box))
    program.chmod(0o755)
    append(
        data,
        f"messages:\n  email: {{ from: desk@clinic.example, command: [{program}, -i, \"{{to}}\"] }}\n")
    return box


def letters(box: Path) -> list[email.message.EmailMessage]:
    """What was sent, the oldest first."""
    return [email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
            for path in sorted(box.glob("*.eml"), key=lambda path: path.stat().st_mtime_ns)]


def until(condition, what: str):
    """Waits for what the server does by itself; gives what the condition gave."""
    deadline = time.monotonic() + PATIENCE_S
    while not (found := condition()):
        assert time.monotonic() < deadline, f"not within {PATIENCE_S} s: {what}"
        time.sleep(0.1)
    return found
