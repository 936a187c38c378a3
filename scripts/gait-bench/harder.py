# SPDX-License-Identifier: Apache-2.0
"""Walks made harder from ipol-gait, with exact truth: slower, with one weak leg, with pauses put in."""

import math
import random

# What is done to a walk: how much slower it is made, how strong the left steps stay, what is put into it.
KINDS = {
    "as it is": (1, 1, None),
    "left steps at .4": (1, 0.4, None),
    "1.6 times slower": (1.6, 1, None),
    "1.6 times slower, left steps at .5": (1.6, 0.5, None),
    "2.2 times slower": (2.2, 1, None),
    "standing still twice": (1, 1, "still"),
    "shifting weight twice": (1, 1, "shift"),
    "bowing twice": (1, 1, "bow"),
    "1.6 times slower, shifting weight": (1.6, 1, "shift"),
    "1.6 times slower, bowing": (1.6, 1, "bow"),
}
RATE = 100


def mean(rows, columns):
    return [sum(row[c] for row in rows) / len(rows) for c in columns]


def weakened(rows, bouts, left):
    """The left steps weaker, from contact to contact."""
    ends = sorted((t, left if side == "left" else 1) for b in bouts for t, side in b["ics"])
    rest = mean(rows, range(1, 4)) + [0, 0, 0]
    k = 0
    result = []
    for row in rows:
        while k + 2 < len(ends) and ends[k + 1][0] < row[0]:
            k += 1
        (a, first), (b, second) = ends[k], ends[k + 1]
        gain = first + (second - first) * min(1, max(0, (row[0] - a) / (b - a)))
        result.append([row[0]] + [r + gain * (x - r) for x, r in zip(row[1:], rest)])
    return result


def slower(rows, factor):
    """Stretched in time; accelerations fall by the square of the factor, rates of turn by the factor."""
    rest = mean(rows, range(1, 4)) + [0, 0, 0]
    by = [1 / factor ** 2] * 3 + [1 / factor] * 3
    start, result, i = rows[0][0], [], 0
    for n in range(int((rows[-1][0] - start) * factor * RATE)):
        t = start + n / RATE / factor
        while i + 2 < len(rows) and rows[i + 1][0] < t:
            i += 1
        a, b = rows[i], rows[i + 1]
        part = (t - a[0]) / (b[0] - a[0])
        result.append([start + n / RATE] + [r + g * (x + part * (y - x) - r)
                                            for x, y, r, g in zip(a[1:], b[1:], rest, by)])
    return result


def cross(a, b):
    return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]]


def unit(a):
    length = math.sqrt(sum(x * x for x in a))
    return [x / length for x in a]


def stay(kind, seconds, gravity, chance):
    """Samples of somebody who stays where they are."""
    up = unit(gravity)
    ahead = [0, 0, -1]  # ipol's axes: forward is −z
    along = sum(x * y for x, y in zip(ahead, up))
    ahead = unit([x - along * y for x, y in zip(ahead, up)])
    right = cross(ahead, up)
    frequency, phases = chance.uniform(0.6, 1.1), [chance.uniform(0, 2 * math.pi) for _ in range(6)]
    strength, roll, bend = chance.uniform(0.3, 0.9), chance.uniform(4, 10), math.radians(chance.uniform(20, 50))
    result = []
    for n in range(int(seconds * RATE)):
        t = n / RATE
        acceleration = [g + chance.gauss(0, 0.05) for g in gravity]
        rotation = [chance.gauss(0, 0.5) for _ in range(3)]
        if kind == "shift":
            def wave(times, k):
                return math.sin(2 * math.pi * times * frequency * t + phases[k])
            sway, lift, push = strength * wave(1, 0), 0.3 * strength * wave(2, 1), 0.4 * strength * wave(2, 2)
            rates = roll * wave(1, 3), 1.5 * roll * wave(1, 4), 0.6 * roll * wave(2, 5)
            for c in range(3):
                acceleration[c] += sway * right[c] + lift * up[c] + push * ahead[c]
                rotation[c] += rates[0] * ahead[c] + rates[1] * up[c] + rates[2] * right[c]
        if kind == "bow":
            angle = bend * math.sin(math.pi * t / seconds) ** 2
            rate = math.degrees(bend * math.pi / seconds * math.sin(2 * math.pi * t / seconds))
            size = math.sqrt(sum(g * g for g in gravity))
            for c in range(3):
                acceleration[c] += size * ((math.cos(angle) - 1) * up[c] - math.sin(angle) * ahead[c])
                rotation[c] -= rate * right[c]
        result.append(acceleration + rotation)
    return result


def with_stays(rows, bouts, kind, chance):
    """Once in each bout, after a contact in its middle, 1.4 to 2.6 s of staying; and when that was."""
    gravity = mean(rows, range(1, 4))
    cuts = []
    for bout in bouts:
        if len(bout["ics"]) < 10:
            continue
        k = chance.randrange(4, len(bout["ics"]) - 5)
        here, following = bout["ics"][k][0], bout["ics"][k + 1][0]
        cuts.append((here + 0.35 * (following - here), round(chance.uniform(1.4, 2.6), 2)))
    result, shift, todo = [], 0.0, list(cuts)
    for before, row in zip([rows[0]] + rows, rows):
        if todo and row[0] >= todo[0][0]:
            _, seconds = todo.pop(0)
            for n, sample in enumerate(stay(kind, seconds, gravity, chance)):
                # A quarter of a second from the walk into it and out again.
                share = min(1, n / RATE / 0.25, (seconds - n / RATE) / 0.25)
                edge = before if n / RATE < seconds / 2 else row
                result.append([before[0] + shift + (n + 1) / RATE]
                              + [share * x + (1 - share) * e for x, e in zip(sample, edge[1:])])
            shift += seconds
        result.append([row[0] + shift] + row[1:])
    return result, lambda t: t + sum(seconds for cut, seconds in cuts if cut < t)


def moved(bouts, when, slower_by=None):
    """The truth on the new clock; with pauses in it, no cadence."""
    return [dict(start=when(b["start"]), end=when(b["end"]), ics=[(when(t), side) for t, side in b["ics"]],
                 cadence=b["cadence"] / slower_by if slower_by and b["cadence"] else None, length=None, speed=None,
                 strides=[]) for b in bouts]


def made(rows, bouts, kind, seed):
    """The recording and its bouts after what `kind` does to them."""
    factor, left, stays = KINDS[kind]
    if left != 1:
        rows = weakened(rows, bouts, left)
    if factor != 1:
        start = rows[0][0]
        rows = slower(rows, factor)
        bouts = moved(bouts, lambda t: start + (t - start) * factor, factor)
    if stays:
        rows, when = with_stays(rows, bouts, stays, random.Random(seed))
        bouts = moved(bouts, when)
    return rows, bouts
