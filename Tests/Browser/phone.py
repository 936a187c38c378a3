# SPDX-License-Identifier: Apache-2.0
"""A phone for a page: its motion sensors play what a test says, through the browser's own sensors.

Samples are (t_s, acc, gyr): seconds, m/s² with gravity positive up, deg/s, in the phone's axes. The page gets
them as it would from a phone, 60 a second and rounded to tenths, because the browser does that itself.
"""

import math
import time

from playwright.sync_api import Page

TYPES = ("accelerometer", "linear-acceleration", "gyroscope")
G = 9.81
UPRIGHT = (0.0, G, 0.0)
STILL = (0.0, 0.0, 0.0)

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

    def play(self, samples) -> None:
        """Plays samples in real time, newest first where the machine is too slow for all of them."""
        begin = time.monotonic()
        for index, (at, acc, gyr) in enumerate(samples):
            now = time.monotonic() - begin
            if now < at:
                self.page.wait_for_timeout((at - now) * 1000)
            elif index + 1 < len(samples) and now > samples[index + 1][0]:
                continue
            self.feel(acc, gyr)

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


def raises(count: int, height_m: float = 0.07, rate_hz: float = 60) -> list:
    """Heel raises of a phone that stands upright at the waist: up in 0.8 s, down in 0.8 s, each 2 s.

    A smooth rise of height h in T has the acceleration 2πh/T² sin(2πt/T).
    """
    samples = []
    for index in range(int(count * 2 * rate_hz)):
        at = index / rate_hz
        phase = at % 2
        part, sign = (phase / 0.8, 1) if phase < 0.8 else ((phase - 0.8) / 0.8, -1) if phase < 1.6 else (0, 0)
        lift = sign * height_m * 2 * math.pi / 0.64 * math.sin(2 * math.pi * part)
        samples.append((at, [0.0, G + lift, 0.1], [4.0 * sign * math.sin(2 * math.pi * part), 0.0, 0.0]))
    return samples
