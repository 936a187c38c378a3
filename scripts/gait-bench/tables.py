# SPDX-License-Identifier: Apache-2.0
"""The tables of scripts/bench-gait: the shared scorer's, and those of the sets that it does not know."""

import csv
import json
import statistics
import time

import harder
from analysers import unpack

# In the sets that the weights were fitted on, by the beginning of a recording's name.
PEOPLE = {"mobgap-lab": ["HA001", "HA002"], "stroke-treadmill": ["pp01", "pp03", "pp05", "pp07", "pp09", "pp11"]}
# Seconds without a contact that are a pause; the laboratory's reference counts almost two as a step.
LONGEST_STEP_S = 1.7


def mean(values):
    values = list(values)
    return sum(values) / len(values) if values else float("nan")


def references(folder):
    """(stem, reference) of each recording that has one."""
    for path in sorted(folder.glob("*.json")):
        yield path.stem, json.loads(path.read_text())


def height(reference):
    person = reference.get("participant")
    person = person if isinstance(person, dict) else {}
    return person.get("height_m") or (person["Height"] / 100 if person.get("Height") else "none")


def times(found, side=None):
    return sorted(c["t_s"] for c in found.get("contacts", [])
                  if c["event"] == "initial" and side in (None, c["side"]))


def at_rate(scorer, source, target, rate, seed):
    """The recording as a browser would see it: jittered, rounded to 0.1."""
    with open(source, newline="") as file:
        rows = csv.reader(file)
        head = next(rows)
        values = [[float(cell) for cell in row] for row in rows]
    with open(target, "w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(head)
        writer.writerows(scorer.degrade(values, rate, seed))
    return target


def seconds(file):
    """From the first sample of a recording to its last."""
    lines = file.read_text().splitlines()
    return float(lines[-1].partition(",")[0]) - float(lines[1].partition(",")[0])


def without_pauses(bouts):
    return [b for b in bouts if all(y[0] - x[0] < LONGEST_STEP_S for x, y in zip(b["ics"], b["ics"][1:]))]


def of_side(bouts, side):
    return [dict(b, ics=[c for c in b["ics"] if c[1] == side], cadence=None,
                 strides=[q for q in b["strides"] if q["side"] == side]) for b in bouts]


def optical(reference):
    """The bouts of the laboratory as the cameras beside the insoles saw them."""
    return [dict(start=b["start_s"], end=b["end_s"], ics=[(c["t_s"], c["side"]) for c in b["initial_contacts"]],
                 cadence=120 / mean(q["duration_s"] for q in b["strides"] if q["duration_s"]),
                 length=b["stride_length_m"], speed=b["walking_speed_mps"], strides=b["strides"])
            for b in reference["references"].get("Stereophoto_wb") or []]


def against_the_cameras(scorer, walk, analyse, work):
    """The engine, and then the insoles, which are the reference elsewhere, against the same cameras."""
    tally, insoles = scorer.Tally(), scorer.Tally()
    for stem, reference in references(walk / "mobgap-lab"):
        bouts = optical(reference)
        file = unpack(walk / "mobgap-lab", work, stem, "lower-back")
        truth, _ = scorer.truth(reference)
        theirs = [dict(t_s=t, side=side, event="initial") for b in truth for t, side in b["ics"]]
        tally.n += 1
        scorer.score(tally, bouts, analyse.one(file, "lower-back", "none", height(reference)))
        seen = [b for b in bouts if any(t["start"] < b["end"] and b["start"] < t["end"] for t in truth)]
        insoles.n += 1
        scorer.score(insoles, seen, dict(contacts=theirs, strides=[q for b in truth for q in b["strides"]]))
    scorer.show("mobgap-lab against the cameras", tally)
    scorer.show("mobgap-lab, insoles against the cameras where both see a bout", insoles)


def made_harder(scorer, walk, program, work):
    """Every third walk of ipol-gait after each thing that is done to it."""
    folder = walk / "ipol-gait"
    chosen = list(references(folder))[::3]
    for kind in harder.KINDS:
        tally, jobs, truths = scorer.Tally(), [], []
        for stem, reference in chosen:
            head, rows = scorer.read(folder / f"{stem}_lower-back.csv.gz")
            rows, bouts = harder.made(rows, scorer.truth(reference)[0], kind, stem)
            file = work / f"{stem}_harder.csv"
            with open(file, "w", newline="") as target:
                writer = csv.writer(target)
                writer.writerow(head)
                writer.writerows(rows)
            jobs.append((file, "lower-back", "none", "none"))
            truths.append(bouts)
        for bouts, found in zip(truths, program(jobs)):
            tally.n += 1
            scorer.score(tally, bouts, found)
        print(f"ipol-gait, {kind}: " + ", ".join(f"{k} {v:.3f}" for k, v in summary(scorer, tally).items())
              + f"; {tally.fp[0.2]} too many and {tally.fn[0.2]} missed at 200 ms", flush=True)


def summary(scorer, tally):
    """The figures of a tally that two rates are compared by; all are better small."""
    f1 = {t: 2 * tally.tp[t] / max(1, 2 * tally.tp[t] + tally.fp[t] + tally.fn[t]) for t in scorer.TOL}
    figures = {f"F1 @{1000 * t:.0f}": f1[t] for t in scorer.TOL}
    figures["timing MAE ms"] = 1000 * mean(map(abs, tally.err))
    figures["side"] = tally.side_ok / max(1, tally.side_n)
    for name, errors in tally.e.items():
        if errors:
            figures[f"{name} MAE"] = mean(map(abs, errors))
    return figures


def scored(scorer, walk, name, analyse, work, rate=None, feet=False, keep=lambda bouts: bouts):
    """A set as the shared scorer scores it, with as few processes as there are heights."""
    folder = walk / name
    tally = scorer.Tally()
    jobs, truths = [], []
    for stem, reference in references(folder):
        bouts, _ = scorer.truth(reference)
        places = [("left-foot", "left"), ("right-foot", "right")] if feet else [("lower-back", "none")]
        for place, side in places:
            if not (folder / f"{stem}_{place}.csv.gz").exists():
                continue
            file = unpack(folder, work, stem, place)
            if rate:
                file = at_rate(scorer, file, work / f"{stem}_{place}_{rate:.0f}.csv", rate, stem)
            jobs.append((file, "foot" if feet else place, side, height(reference)))
            truths.append(keep(of_side(bouts, side) if feet else bouts))
    begun = time.monotonic()
    results = analyse(jobs)
    tally.secs = time.monotonic() - begun
    for job, bouts, found in zip(jobs, truths, results):
        tally.n += 1
        tally.signal += seconds(job[0])
        scorer.score(tally, bouts, found)
    return tally


def compare(full, reduced):
    """Which figures at the lower rate are more than a tenth worse."""
    worse = []
    for name, value in full.items():
        is_share = name.startswith("F1") or name == "side"
        if (reduced[name] < 0.9 * value) if is_share else (reduced[name] > 1.1 * value + 1e-9):
            worse.append(f"{name} {value:.3f} → {reduced[name]:.3f}")
    return "all within a tenth of the full rate" if not worse else "more than a tenth worse: " + "; ".join(worse)


def foot_truth(scorer, walk, stem, analyse, work, place="foot"):
    """When each foot came down, by the sensors on the feet, as one bout."""
    steps = []
    for side in ("left", "right"):
        file = unpack(walk / "stroke-treadmill", work, stem, f"{side}-{place}")
        steps += [(t, side) for t in times(analyse.one(file, place, side))]
    steps.sort()
    return [dict(start=steps[0][0], end=steps[-1][0], ics=steps, cadence=None, length=None, speed=None, strides=[])]


def strides_on_the_ground(walk, analyse, work):
    folder = walk / "gaitmap-example"
    errors = []
    for stem, reference in references(folder):
        for side in ("left", "right"):
            found = analyse.one(unpack(folder, work, stem, f"{side}-foot"), "foot", side)["strides"]
            for stride in reference["references"][side]:
                near = [s for s in found if abs(s["end_s"] - stride["ic_s"]) < 0.2]
                if near and stride.get("stride_length_m"):
                    errors.append(near[0]["length_m"] - stride["stride_length_m"])
    print(f"gaitmap-example, foot: {len(errors)} strides, length bias {mean(errors):+.3f} m, "
          f"MAE {mean(map(abs, errors)):.3f} m (target 0.03)")


def foot_angles(walk, program, work):
    folder = walk / "stroke-treadmill"
    errors = []
    for stem, reference in references(folder):
        true = reference["references"].get("mean_foot_strike_angle_deg")
        if true is None:
            continue
        angles = []
        for side in ("left", "right"):
            found = program.one(unpack(folder, work, stem, f"{side}-foot"), "foot", side)["strides"][:50]
            angles += [s["foot_strike_angle_deg"] for s in found if s["foot_strike_angle_deg"] is not None]
        errors.append(mean(angles) - true)
    print(f"stroke-treadmill, foot-strike angle against Vicon: {len(errors)} trials, bias {mean(errors):+.1f}°, "
          f"MAE {mean(map(abs, errors)):.1f}° (target 2.5)")


def push_off(walk, program, work):
    """Against the force plate, within a person: each value less the person's mean."""
    folder = walk / "stroke-treadmill"
    people = {}
    for stem, reference in references(folder):
        true = reference["references"].get("mean_propulsion")
        found = program.one(unpack(folder, work, stem, "lower-back"), "lower-back")["push_off"]
        if true is not None and found is not None:
            people.setdefault(stem[:4], []).append((found, true))
    pairs = [(x - mean(p[0] for p in trials), y - mean(p[1] for p in trials))
             for trials in people.values() if len(trials) > 1 for x, y in trials]
    xy, xx, yy = (sum(a * b for a, b in values) for values in (
        pairs, [(x, x) for x, _ in pairs], [(y, y) for _, y in pairs]))
    print(f"stroke-treadmill, push-off against the force plate within a person: {len(pairs)} trials, "
          f"r {xy / (xx * yy) ** 0.5:.2f} (target 0.6)")


def fired_once(steps):
    """Without what fires between two steps that are no further apart than one and a third of the usual."""
    usual = statistics.median(b - a for a, b in zip(steps, steps[1:]))
    kept = list(steps)
    k = 1
    while k < len(kept) - 1:
        if kept[k + 1] - kept[k - 1] < 1.3 * usual:
            del kept[k]
        else:
            k += 1
    return kept


def phone_steps(walk, analyse, work):
    folder = walk / "oxford-phone"
    places = {}
    jobs = [(unpack(folder, work, stem, "phone"), "pocket", "none", "none") for stem, _ in references(folder)]
    for (stem, reference), found in zip(references(folder), analyse(jobs)):
        true = sorted(c["t_s"] for c in reference["references"]["initial_contacts"])
        inside = [t for t in times(found) if true[0] - 0.5 <= t <= true[-1] + 0.5]
        places.setdefault(stem.split("_")[3], []).append(
            [100 * abs(len(inside) - len(steps)) / len(steps) for steps in (true, fired_once(true))])
    print("oxford-phone, steps off by, and without what the switches fire between two steps: "
          + ", ".join(f"{p} {mean(e[0] for e in errors):.1f} % ({mean(e[1] for e in errors):.1f})"
                      for p, errors in sorted(places.items())) + " (target 3)")


def live(scorer, walk, name, program, work):
    """What is handed out as it happens, held against the settled result."""
    folder = walk / name
    jobs = [(unpack(folder, work, stem, "lower-back"), "lower-back", "none", "none")
            for stem, _ in references(folder)]
    settled = program(jobs)
    program.live = True
    tally = scorer.Tally()
    delays, is_within_a_step = [], []
    for truth, found in zip(settled, program(jobs)):
        ics = sorted((c["t_s"], c["side"]) for c in truth["contacts"] if c["event"] == "initial")
        if ics:
            tally.n += 1
            for contact in found["contacts"]:
                delay = contact["known_s"] - contact["t_s"]
                near = sorted(b[0] - a[0] for a, b in zip(ics, ics[1:])
                              if abs(a[0] - contact["t_s"]) < 3 and b[0] - a[0] < LONGEST_STEP_S)
                delays.append(delay)
                is_within_a_step.append(bool(near) and delay <= max(0.6, near[len(near) // 2]))
            scorer.score(tally, [dict(start=ics[0][0], end=ics[-1][0], ics=ics, cadence=None, length=None,
                                      speed=None, strides=[])], found)
    program.live = False
    figures = summary(scorer, tally)
    within = mean(d <= 0.6 for d in delays)
    print(f"{name}, live against settled: " + ", ".join(f"{k} {v:.3f}" for k, v in figures.items())
          + f"; {100 * within:.0f} % known within 0.6 s, {100 * mean(is_within_a_step):.0f} % within that or a step")
