# SPDX-License-Identifier: Apache-2.0
"""A phone whose time is the recording's own: each event carries its time stamp, and the page's clock goes along.

Nothing runs in real time, so a busy machine loses no sample, and a recording gives the same result every time.
Samples are (t_s, acc, gyr) as in phone.py.
"""

import base64
import csv
import gzip
import math
import struct
import time
from pathlib import Path

from phone import STILL, UPRIGHT
from playwright.sync_api import Page

RATE = 60
STEP_MS = 50

# The machine has no sensors, and its browser says so with an event without numbers.
_ONLY_OURS = """
for (const kind of ['devicemotion', 'deviceorientation'])
    window.addEventListener(kind, (event) => event.isTrusted && event.stopImmediatePropagation(), true)
"""

_EVENTS = """([rows, base]) => {
    for (const [t, acc, gyr, up] of rows) {
        const stamped = (event) => {
            Object.defineProperty(event, 'timeStamp', { value: base + t })
            window.dispatchEvent(event)
        }
        if (up) stamped(new DeviceOrientationEvent('deviceorientation', { alpha: 0, beta: up[0], gamma: up[1] }))
        const [x, y, z] = acc
        stamped(new DeviceMotionEvent('devicemotion', {
            acceleration: { x: 0, y: 0, z: 0 }, accelerationIncludingGravity: { x, y, z },
            rotationRate: { alpha: gyr[0], beta: gyr[1], gamma: gyr[2] }, interval: 16 }))
    }
    return performance.now()
}"""

_TAP = """([stamp]) => {
    const event = new PointerEvent('pointerdown', { bubbles: true })
    Object.defineProperty(event, 'timeStamp', { value: stamp })
    document.querySelector('#tap').dispatchEvent(event)
}"""


class Replay:
    """Must be made before the page is opened. An iPhone's sign is -1, and it does not round."""

    def __init__(self, page: Page, sign: int = 1, rounding: float = 0.1):
        self.page = page
        self.sign = sign
        self.rounding = rounding
        page.add_init_script(_ONLY_OURS)
        page.clock.install(time=time.time())
        self.base = self.now = self.sampled = None

    def stop_the_clock(self) -> None:
        """Once the page is open: from here on time passes only as samples come."""
        self.page.clock.pause_at(self.page.evaluate("Date.now()") / 1000 + 10)
        # On the page's own clock: where it stands, and when the last sample was.
        self.base = self.now = self.sampled = self.page.evaluate("performance.now()")

    def go_on(self) -> None:
        """Time passes by itself again: what looks at a page needs it."""
        self.page.clock.resume()

    def play(self, samples, until=None) -> bool:
        """Feeds samples after each other from now on; stops early, and says so, once `until` is on the page."""
        if not samples:
            return False
        begin = self.sampled + 1000 / RATE - 1000 * samples[0][0]
        up = tilt(samples[0][1])
        waiting = [
            [begin + 1000 * at, self._felt(acc, self.sign), self._felt(gyr, 1), up] for at, acc, gyr in samples]
        self.sampled = waiting[-1][0]
        while waiting:
            if waiting[0][0] > self.now:
                self.page.clock.run_for(STEP_MS)
                self.now += STEP_MS
            due = [row for row in waiting if row[0] <= self.now]
            del waiting[:len(due)]
            self.page.evaluate(_EVENTS, [[[t - self.base, *rest] for t, *rest in due], self.base])
            if until and self.page.locator(until).is_visible():
                self.sampled = due[-1][0] if due else self.sampled
                return True
        return False

    def rest(self, seconds: float, acc=UPRIGHT, gyr=STILL, until=None) -> bool:
        return self.play([(index / RATE, acc, gyr) for index in range(round(seconds * RATE))], until)

    def start(self, like=None, felt_after_s: float | None = None) -> None:
        """The tap on Start, the strapping on, the still pose and the countdown.

        `like` are samples of rest, as of the recording to come; standing upright without them. Where the page asks
        for taps first, each is felt so many seconds after it.
        """
        pose = like or [(index / RATE, UPRIGHT, STILL) for index in range(RATE)]
        self.page.locator("#start").click()
        acc = pose[0][1]
        # Somebody straps the phone on; the page meanwhile loads what it measures with.
        while not self.page.locator("#stage").is_visible():
            self.rest(0.1, acc)
            self.page.wait_for_timeout(20)
        if felt_after_s is not None:
            self.page.locator("#tap").wait_for()
            self.rest(0.6, acc)
            for _ in range(5):
                self.tap()
                self.rest(felt_after_s - 1 / RATE, acc)
                self.rest(0.1, [acc[0] + 3, acc[1], acc[2]])
                self.rest(0.6, acc)
            assert self.rest(1, acc, until="#ready"), "five taps, and it waits for more"
        self.play([
            (index / RATE, [acc[0] + 3 * math.sin(index), acc[1] + 2 * math.cos(index), acc[2]],
             [60 * math.sin(index), 20, 0]) for index in range(RATE)])
        for _ in range(60):
            if self.play(pose, until="#finish"):
                return
            self.page.wait_for_timeout(20)
        raise AssertionError("the countdown never ended: " + self.page.locator("#line").inner_text())

    def finish(self, acc=UPRIGHT, gyr=STILL, seconds: float = 8) -> None:
        """Quiet seconds until the test ends by itself."""
        assert self.rest(seconds, acc, gyr, until="#outcome"), "still, and it does not end"

    def tap(self) -> None:
        self.page.evaluate(_TAP, [self.sampled])

    def _felt(self, vector, sign) -> list:
        if not self.rounding:
            return [sign * value for value in vector]
        return [sign * round(value / self.rounding) * self.rounding for value in vector]


def tilt(acc) -> list:
    """The orientation sensor's beta and gamma of a phone that feels this at rest, in degrees."""
    length = math.hypot(*acc) or 1
    x, y, z = (value / length for value in acc)
    return [math.degrees(math.asin(max(-1, min(1, y)))), math.degrees(math.atan2(-x, z))]


def even(samples) -> list:
    """At the 60 samples a second that a browser gives, straight between two of the recording's."""
    result, index = [], 0
    for number in range(int((samples[-1][0] - samples[0][0]) * RATE)):
        at = samples[0][0] + number / RATE
        while samples[index + 1][0] < at:
            index += 1
        (early, acc, gyr), (late, acc2, gyr2) = samples[index], samples[index + 1]
        part = (at - early) / (late - early)
        mix = lambda one, other: [(1 - part) * a + part * b for a, b in zip(one, other)]  # noqa: E731
        result.append((number / RATE, mix(acc, acc2), mix(gyr, gyr2)))
    return result


def from_table(path: Path, turns: float = 1.0, names=("acc_{}", "gyr_{}")) -> list:
    """The samples of a table whose rates of turn are in `turns` deg/s; at 100 Hz where it has no time."""
    with gzip.open(path, "rt") as file:
        rows = list(csv.DictReader(file))
    column = lambda row, name: [float(row[name.format(axis)]) for axis in "xyz"]  # noqa: E731
    return [
        (float(row.get("t_s", index / 100)), column(row, names[0]),
         [turns * rate for rate in column(row, names[1])]) for index, row in enumerate(rows)]


def from_fixture(fixture: dict) -> list:
    """A recording of `LabBench fixtures`: what a simulated phone made of a person's movement, jitter and all.

    A browser's events come in order, so the jittered stamps do, too.
    """
    numbers = [value for (value,) in struct.iter_unpack("<d", base64.b64decode(fixture["rows"]))]
    rows = [numbers[at:at + 7] for at in range(0, len(numbers), 7)]
    return [(at, row[1:4], row[4:7]) for at, row in zip(sorted(row[0] for row in rows), rows)]
