# SPDX-License-Identifier: Apache-2.0
"""What analyses recordings for scripts/bench-gait: the command itself, or a small program of the same sources."""

import gzip
import json
import os
import shutil
import subprocess
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


class Analyser:
    """Takes (file, placement, side, height) and gives the JSON of each, in that order."""

    def __call__(self, jobs):
        raise NotImplementedError

    def one(self, file, placement, side="none", height="none"):
        return self([(file, placement, side, height)])[0]


class Command(Analyser):
    """`soleus analyze gait -`: one process for all files of one placement, side and height."""

    def __init__(self, soleus):
        self.soleus = soleus

    def __call__(self, jobs):
        found = {}
        for options in dict.fromkeys(job[1:] for job in jobs):
            placement, side, height = map(str, options)
            command = [self.soleus, "analyze", "gait", "-", "--placement", placement, "--side", side,
                       "--height", height, "--json"]
            paths = "".join(f"{job[0]}\n" for job in jobs if job[1:] == options)
            done = subprocess.run(command, input=paths, text=True, capture_output=True)
            for line in done.stdout.splitlines():
                result = json.loads(line)
                found[result["file"], options] = result
            if done.stderr:
                print(done.stderr.rstrip())
        return [found.get((str(job[0]), job[1:]), {}) for job in jobs]


class Program(Analyser):
    """Motion with the small program beside it; with weights from a file where they are given."""

    def __init__(self, work, has_own_weights=True):
        self.weights = None
        self.live = False
        names = {True: "LoadedWeights.swift", False: "WaistWeights.swift"}
        sources = [*(ROOT / "Sources/Motion").rglob("*.swift"), *(ROOT / "scripts/gait-bench").glob("*.swift")]
        sources = [str(path) for path in sorted(sources) if path.name != names[has_own_weights]]
        self.path = work / ("own" if has_own_weights else "loaded")
        subprocess.run(["swiftc", "-O", "-wmo", "-swift-version", "6", "-module-name", "bench", *sources,
                        "-o", str(self.path)], check=True)

    def __call__(self, jobs):
        more = " live" if self.live else ""
        lines = "".join(" ".join(map(str, job)) + more + "\n" for job in jobs)
        done = subprocess.run([self.path], input=lines, text=True, stdout=subprocess.PIPE, check=True,
                              env={**os.environ, "GAIT_WEIGHTS": str(self.weights or "")})
        return [json.loads(line) for line in done.stdout.splitlines()]


def unpack(folder, work, name, place):
    """The path of a recording as plain text."""
    target = work / f"{name}_{place}.csv"
    if not target.exists():
        with gzip.open(folder / f"{name}_{place}.csv.gz", "rb") as packed, open(target, "wb") as plain:
            shutil.copyfileobj(packed, plain)
    return target


def cost(command):
    """Processor seconds, the most memory in MB, and elapsed seconds of one run."""
    begun = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise subprocess.CalledProcessError(process.returncode, command)
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, time.monotonic() - begun
