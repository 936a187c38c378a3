# SPDX-License-Identifier: Apache-2.0
"""A phone for a page: its motion sensors play what a test says, through the browser's own sensors.

Samples are (t_s, acc, gyr): seconds, m/s² with gravity positive up, deg/s, in the phone's axes. The page gets
them as it would from a phone, 60 a second and rounded to tenths, because the browser does that itself.
"""

import csv
import gzip
import math
import time
from pathlib import Path

from playwright.sync_api import Page

TYPES = ("accelerometer", "linear-acceleration", "gyroscope")
G = 9.81
UPRIGHT = (0.0, G, 0.0)
STILL = (0.0, 0.0, 0.0)

# What an iPhone does: the sign is the other, nothing is rounded, and the events are the page's own.
_IOS_EVENT = """([acc, gyr, up]) => {
    const [x, y, z] = acc
    window.dispatchEvent(new DeviceOrientationEvent('deviceorientation', { alpha: 0, ...up }))
    window.dispatchEvent(new DeviceMotionEvent('devicemotion', {
        acceleration: { x: 0, y: 0, z: 0 }, accelerationIncludingGravity: { x: -x, y: -y, z: -z },
        rotationRate: { alpha: gyr[0], beta: gyr[1], gamma: gyr[2] }, interval: 16 }))
}"""

_BUSY = "ms => { const end = performance.now() + ms; while (performance.now() < end); }"


class Phone:
    """Must be made before the page is opened: a page that already listens hears nothing of it."""

    def __init__(self, page: Page, sensors: bool = True):
        self.page = page
        self.cdp = page.context.new_cdp_session(page)
        # A permission is the window's, and not the browser's: each test has a window of its own.
        self._window = self.cdp.send("Target.getTargetInfo")["targetInfo"]["browserContextId"]
        if sensors:
            for kind in TYPES:
                self.cdp.send("Emulation.setSensorOverrideEnabled", {
                    "enabled": True, "type": kind,
                    "metadata": {"available": True, "minimumFrequency": 1, "maximumFrequency": 200}})
            # An event needs a reading of all three; nothing reads this one.
            self._read("linear-acceleration", STILL)
            self.feel(UPRIGHT, STILL)
        self.allow("screen-wake-lock")

    def feel(self, acc, gyr) -> None:
        """What the sensors read from now on."""
        self._read("accelerometer", acc)
        self._read("gyroscope", [math.radians(rate) for rate in gyr])

    def rest(self, seconds: float, acc=UPRIGHT) -> None:
        self.feel(acc, STILL)
        self.page.wait_for_timeout(seconds * 1000)

    def shake(self, seconds: float, acc=UPRIGHT) -> None:
        """Somebody straps the phone on."""
        self.play([
            (index / 30, [acc[0] + 3 * math.sin(index), acc[1] + 2 * math.cos(index), acc[2]],
             [60 * math.sin(index), 20, 0]) for index in range(int(seconds * 30))])

    def play(self, samples, send=None) -> None:
        """Plays samples in real time, newest first where the machine is too slow for all of them."""
        send = send or self.feel
        begin = time.monotonic()
        for index, (at, acc, gyr) in enumerate(samples):
            now = time.monotonic() - begin
            if now < at:
                self.page.wait_for_timeout((at - now) * 1000)
            elif index + 1 < len(samples) and now > samples[index + 1][0]:
                continue
            send(acc, gyr)

    def play_as_ios(self, samples, beta: float, gamma: float) -> None:
        """As events of the other sign; beta and gamma say how the phone is held, in degrees."""
        up = {"beta": beta, "gamma": gamma}
        self.play(samples, lambda acc, gyr: self.page.evaluate(_IOS_EVENT, [list(acc), list(gyr), up]))

    def allow(self, *names: str, setting: str = "granted") -> None:
        for name in names:
            self.cdp.send("Browser.setPermission", {
                "permission": {"name": name}, "setting": setting, "browserContextId": self._window})

    def deny(self, setting: str = "denied") -> None:
        """What the browser answers when the page asks for the motion sensors."""
        self.allow("accelerometer", "gyroscope", setting=setting)

    def sleep(self, seconds: float) -> None:
        """The page does not get to run, as when a phone puts it to sleep.

        A browser under test keeps every page in focus, so that freezing one by its own command does nothing.
        """
        self.page.evaluate(_BUSY, seconds * 1000)

    def lock(self) -> None:
        """What a page is told when the screen goes off."""
        self.page.evaluate("document.dispatchEvent(new Event('freeze')), null")

    def _read(self, kind: str, vector) -> None:
        x, y, z = vector
        self.cdp.send(
            "Emulation.setSensorOverrideReadings",
            {"type": kind, "reading": {"xyz": {"x": x, "y": y, "z": z}}})


def from_csv(path: Path, columns: str, degrees: float = 1.0) -> list:
    """Samples of a table whose columns are `<columns>_ax` and so on."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt") as file:
        return [
            (float(row["t_s"]), [float(row[f"{columns}_a{axis}"]) for axis in "xyz"],
             [degrees * float(row[f"{columns}_g{axis}"]) for axis in "xyz"])
            for row in csv.DictReader(file)]


def raises(count: int, period_s: float = 2.0, height_m: float = 0.08, rate_hz: float = 60) -> list:
    """Heel raises of a phone that stands upright and goes straight up and down: sin² bumps, rest between them."""
    samples = []
    for index in range(int(count * period_s * rate_hz)):
        at = index / rate_hz
        phase = 2 * math.pi * at / period_s
        # z = h (1 - cos phase) / 2, so its second derivative is h/2 ω² cos phase.
        lift = 0.5 * height_m * (2 * math.pi / period_s) ** 2 * math.cos(phase)
        samples.append((at, [0.0, G + lift, 0.0], [4.0 * math.sin(phase), 0.0, 0.0]))
    return samples
