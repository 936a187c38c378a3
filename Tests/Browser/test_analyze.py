# SPDX-License-Identifier: Apache-2.0
"""`soleus analyze` as somebody at a terminal meets it: what it reads, what it says, and what it refuses."""

import functools
import gzip
import json
import math
import os
import random
import re
import subprocess
import sys
import xml.etree.ElementTree as xml
import zipfile

import pytest

from clinic import ROOT, binary, soleus

SHARED = ROOT.parent / "shared"
HEAD = "t_s,acc_x,acc_y,acc_z,gyr_x,gyr_y,gyr_z"


def walk(seconds=20.0, rate=100.0, step_s=0.55, seed=1, start=2.0):
    """Rows of a waist sensor (z up, x to the front): still, then steps, then still. Made up, but step by step."""
    chance = random.Random(seed)
    rows = []
    for index in range(int(seconds * rate)):
        t = index / rate
        active = start < t < seconds - start
        phase = 2 * math.pi * (t - start) / step_s
        up = 9.81 + (2.2 * math.cos(phase) + 0.8 * math.cos(2 * phase) if active else 0)
        front = 1.4 * math.sin(phase) if active else 0
        side = 0.8 * math.sin(phase / 2) if active else 0
        noise = [chance.gauss(0, 0.03) for _ in range(6)]
        turn = [4 * math.cos(phase / 2), 2 * math.sin(phase), 12 * math.sin(phase / 2)] if active else [0, 0, 0]
        values = [t, front + noise[0], side + noise[1], up + noise[2], *(a + b for a, b in zip(turn, noise[3:]))]
        rows.append([round(value, 4) for value in values])
    return rows


def table(rows, head=HEAD):
    return head + "\n" + "".join(",".join(f"{value:.4f}" for value in row) + "\n" for row in rows)


@pytest.fixture
def recording(tmp_path):
    path = tmp_path / "walk.csv"
    path.write_text(table(walk()))
    return path


def analyze(*arguments, exit_code=0):
    return soleus("analyze", *arguments, exit_code=exit_code)


def found(path, *options, kind="gait", placement="lower-back"):
    return json.loads(analyze(kind, path, "--placement", placement, "--json", *options).stdout)


def test_a_walk_is_said_in_the_scorers_words_with_a_summary(recording):
    said = found(recording, "--height", "1.75")
    assert said["kind"] == "gait" and said["file"] == str(recording)
    assert said["recording"]["rate_hz"] == pytest.approx(100, abs=0.5)
    assert said["recording"]["gaps"] == 0
    [bout] = said["bouts"]
    assert {"start_s", "end_s", "cadence_spm", "stride_length_m", "walking_speed_mps"} <= set(bout)
    assert bout["cadence_spm"] == pytest.approx(60 / 0.55, abs=3)
    times = [contact["t_s"] for contact in said["contacts"]]
    assert times == sorted(times)
    assert {contact["event"] for contact in said["contacts"]} <= {"initial", "final"}
    assert {contact["side"] for contact in said["contacts"]} <= {"left", "right", None}
    for stride in said["strides"]:
        assert set(stride) == {"side", "start_s", "end_s", "length_m", "stance_s", "swing_s"}
    assert said["summary"]["steps"] == sum(contact["event"] == "initial" for contact in said["contacts"])


def test_what_needs_the_body_height_says_so_and_gives_no_number(recording):
    said = found(recording, "--height", "none", "--side", "none")
    assert said["summary"]["walking_speed_mps"] is None
    assert "height" in said["missing"]["walking_speed_mps"]
    assert said["summary"]["cadence_spm"] is not None


def test_without_json_it_is_a_report_with_a_small_chart(recording):
    text = analyze("gait", recording, "--placement", "lower-back").stdout
    assert "cadence" in text and "steps/min" in text
    assert re.search("[▁▂▃▄▅▆▇█]{20}", text), text
    assert "L" in text and "R" in text
    assert max(len(line) for line in text.splitlines() if not line.startswith("/")) <= 90


def test_the_drawing_is_its_own_svg_with_contacts_by_side(recording, tmp_path):
    plot = tmp_path / "walk.svg"
    analyze("gait", recording, "--placement", "lower-back", "--plot", plot)
    drawing = xml.parse(plot).getroot()
    assert drawing.tag.endswith("svg")
    classes = {part.get("class") for part in drawing.iter()}
    assert {"signal", "span", "left", "right"} <= classes
    assert "http" not in plot.read_text().replace("http://www.w3.org/2000/svg", "")


def test_the_same_recording_gives_the_same_however_it_is_packed(recording, tmp_path):
    packed = tmp_path / "walk.csv.gz"
    packed.write_bytes(gzip.compress(recording.read_bytes()))
    plain, zipped = found(recording), found(packed)
    for said in (plain, zipped):
        del said["file"]
    assert plain == zipped


def phyphox(rows, separator=",", point="."):
    def row(cells):
        return separator.join(f"{cell:.9E}".replace(".", point) for cell in cells) + "\n"

    def part(name, unit, columns, factor):
        names = ["Time (s)", *(f"{name} {axis} ({unit})" for axis in "xyz")]
        head = separator.join(f'"{name}"' for name in names) + "\n"
        return head + "".join(row([r[0], *(r[c] * factor for c in columns)]) for r in rows)

    return (part("Acceleration", "m/s^2", (1, 2, 3), 1),
            part("Gyroscope", "rad/s", (4, 5, 6), math.pi / 180))


@pytest.mark.parametrize(("separator", "point"), [(",", "."), (";", ","), ("\t", ".")])
def test_phyphox_exports_a_zip_that_says_the_same(recording, tmp_path, separator, point):
    accelerometer, gyroscope = phyphox(walk(), separator, point)
    path = tmp_path / "phyphox.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("Accelerometer.csv", accelerometer)
        archive.writestr("Gyroscope.csv", gyroscope)
        archive.writestr("meta/device.csv", '"property","value"\n')
    said = found(path)
    assert said["format"] == "phyphox"
    assert said["recording"]["gyroscope"] is True
    expected = found(recording)
    assert len(said["contacts"]) == len(expected["contacts"])
    for one, other in zip(said["contacts"], expected["contacts"]):
        assert one["t_s"] == pytest.approx(other["t_s"], abs=0.005)


def test_sensor_logger_exports_a_folder(recording, tmp_path):
    folder = tmp_path / "export"
    folder.mkdir()
    for name, columns, factor in [("TotalAcceleration", (3, 2, 1), 1), ("Gyroscope", (6, 5, 4), math.pi / 180)]:
        lines = ["time,seconds_elapsed,z,y,x"]
        for row in walk():
            values = ",".join(f"{row[column] * factor:.7f}" for column in columns)
            lines.append(f"{1_700_000_000_000_000_000 + int(row[0] * 1e9)},{row[0]:.6f},{values}")
        (folder / f"{name}.csv").write_text("\n".join(lines) + "\n")
    (folder / "Location.csv").write_text("time,latitude\n1,2\n")
    for path in (folder, folder / "TotalAcceleration.csv"):
        said = found(path)
        assert said["format"] == "Sensor Logger"
        assert said["recording"]["gyroscope"] is True
        assert len(said["contacts"]) == len(found(recording)["contacts"])


def test_sensorlog_exports_one_wide_table(recording, tmp_path):
    head = ["loggingTime(txt)", "loggingSample(N)", "accelerometerTimestamp_sinceReboot(s)",
            *(f"accelerometerAcceleration{axis}(G)" for axis in "XYZ"), "gyroTimestamp_sinceReboot(s)",
            *(f"gyroRotation{axis}(rad/s)" for axis in "XYZ")]
    lines = [",".join(head)]
    for number, row in enumerate(walk()):
        acceleration = [f"{-value / 9.80665:.9f}" for value in row[1:4]]
        turn = [f"{value * math.pi / 180:.9f}" for value in row[4:]]
        lines.append(",".join(
            ["2026-11-25 10:00:00.000 +0100", str(number), f"{row[0] + 5000:.4f}", *acceleration,
             f"{row[0] + 5000:.4f}", *turn]))
    path = tmp_path / "sensorlog.csv"
    path.write_text("\n".join(lines) + "\n")
    said = found(path)
    assert said["format"] == "SensorLog"
    assert len(said["contacts"]) == len(found(recording)["contacts"])


def test_several_files_give_one_line_each_and_a_bad_one_stops_no_other(recording, tmp_path):
    bad = tmp_path / "bad.csv"
    bad.write_text("t_s,acc_x,acc_y,acc_z\n0,1,2,three\n")
    done = analyze(
        "gait", recording, bad, recording, "--placement", "lower-back", "--json", exit_code=1)
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [line["file"] for line in lines] == [str(recording)] * 2
    assert done.stderr.strip() == f"soleus: {bad}:2: expected a number for 'acc_z', found 'three'"


def test_paths_come_from_standard_input(recording, tmp_path):
    paths = [tmp_path / f"{number}.csv" for number in range(5)]
    for path in paths:
        path.write_bytes(recording.read_bytes())
    done = subprocess.run(
        [binary(), "analyze", "gait", "-", "--placement", "lower-back", "--json"], capture_output=True,
        text=True, timeout=120, input="\n".join(map(str, paths)) + "\n\n")
    assert done.returncode == 0, done.stderr
    assert {json.loads(line)["file"] for line in done.stdout.splitlines()} == set(map(str, paths))


def test_a_long_walk_on_one_core_and_on_all_says_the_same(tmp_path):
    path = tmp_path / "long.csv"
    path.write_text(table(walk(seconds=240)))
    command = [binary(), "analyze", "gait", path, "--placement", "lower-back", "--json"]

    def said(cores):
        return subprocess.run(command, capture_output=True, check=True, timeout=300,
                              preexec_fn=lambda: os.sched_setaffinity(0, cores)).stdout

    cores = os.sched_getaffinity(0)
    assert said({min(cores)}) == said(cores)


STILL = [[index / 100, 0, 0, 9.81] for index in range(500)]
SHORT_HEAD = "t_s,acc_x,acc_y,acc_z"


@functools.cache
def hostile():
    rows = walk(6)
    clipped = [[t, *(max(-245, min(245, 60 * value)) for value in rest[:3])] for t, *rest in rows]
    jitter = [[t, 0.1 * (index % 7), 0, 9.81] for index, (t, *_) in enumerate(rows)]
    return {
        "empty": (b"", "is empty"),
        "names only": (SHORT_HEAD.encode() + b"\n", "holds no samples"),
        "one sample": (table(STILL[:1], SHORT_HEAD).encode(), "too short"),
        "NaN": (table(STILL, SHORT_HEAD).replace("\n1.0000,0.0000", "\n1.0000,nan").encode(), ":102: has no number"),
        "constant": (table(STILL, SHORT_HEAD).encode(), "never changes"),
        "time runs backwards": (table([jitter[0], jitter[8], jitter[1]], SHORT_HEAD).encode(), ":4: time runs backwards"),
        "10 Hz": (table([[i / 10, i % 3, 0, 9.8] for i in range(100)], SHORT_HEAD).encode(), "samples a second"),
        "5 kHz": (table([[i / 5000, i % 3, 0, 9.8] for i in range(20000)], SHORT_HEAD).encode(), "samples a second"),
        "25 g spikes": (table(clipped, SHORT_HEAD).encode(), None),
        "cut gzip": (gzip.compress(table(rows).encode())[:-40], "is cut off"),
        "bomb": (gzip.compress(bytes(600 << 20), 1), "is not text"),
        "junk": (random.Random(7).randbytes(40_000), ""),
        "10,001 columns": (",".join(f"c{n}" for n in range(10_001)).encode() + b"\n", "columns"),
        "a line of 10 MB": (SHORT_HEAD.encode() + b"\n0,0,0," + b"9" * 10_000_000 + b"\n", ":2:"),
        "cut row": (table(rows).encode()[:-30], "the file may be cut off here"),
        "without gravity": (table(STILL, 'Time (s),Linear Acceleration x (m/s^2),Linear Acceleration y (m/s^2),'
                                         'Linear Acceleration z (m/s^2)').encode(), "without gravity"),
        "unknown columns": (b"time,ax,ay,az\n0,1,2,3\n", "not recognised"),
    }


@pytest.mark.parametrize("name", [
    "empty", "names only", "one sample", "NaN", "constant", "time runs backwards", "10 Hz", "5 kHz", "25 g spikes",
    "cut gzip", "bomb", "junk", "10,001 columns", "a line of 10 MB", "cut row", "without gravity", "unknown columns"])
@pytest.mark.parametrize("kind", [("gait", "lower-back"), ("hop", "waist")])
def test_a_hostile_file_gets_one_clear_line_and_no_crash(tmp_path, name, kind):
    content, says = hostile()[name]
    path = tmp_path / "hostile.csv"
    path.write_bytes(content)
    done = subprocess.run(
        [binary(), "analyze", kind[0], path, "--placement", kind[1], "--json"], capture_output=True, text=True,
        timeout=120)
    if says is None:
        assert done.returncode == 0, done.stderr
        assert json.loads(done.stdout)["kind"] == kind[0]
        return
    assert done.returncode == 1, done.stdout[:200] + done.stderr
    assert done.stdout == ""
    assert says in done.stderr, done.stderr
    assert done.stderr.startswith("soleus: ") and "hostile.csv" in done.stderr
    assert done.stderr.count("\n") == 1 and len(done.stderr) < 500


def test_a_recording_without_a_gyroscope_is_used_where_it_can_be(recording, tmp_path):
    path = tmp_path / "acceleration.csv"
    path.write_text(table([row[:4] for row in walk()], SHORT_HEAD))
    said = found(path)
    assert said["recording"]["gyroscope"] is False
    assert said["bouts"], "walking can be heard without a gyroscope"
    refused = analyze("heel-raise", path, "--placement", "foot", exit_code=1)
    assert "has no gyroscope" in refused.stderr


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["gait", "a.csv"], "--placement"),
        (["gait", "a.csv", "--placement", "head"], "lower-back"),
        (["gait", "a.csv", "--placement", "chest"], "gait reads"),
        (["dance", "a.csv", "--placement", "foot"], "dance"),
        (["gait", "a.csv", "--placement", "foot", "--side", "up"], "left or right"),
        (["gait", "a.csv", "--placement", "foot", "--height", "178"], "metres from 0.5 to 2.6"),
        (["heel-raise", "a.csv", "--placement", "foot", "--mass", "1"], "kilograms"),
        (["heel-raise", "a.csv", "--placement", "foot", "--foot-length", "0.26"], "centimetres"),
        (["ankle", "a.csv", "--placement", "foot"], "--task"),
        (["ankle", "a.csv", "--placement", "foot", "--task", "lunge"], "ankle lunge reads shin"),
        (["gait", "a.csv", "--placement", "foot", "--task", "pumps"], "means nothing"),
        (["reaction", "a.csv", "--placement", "foot"], "--signals"),
        (["reaction", "a.csv", "--placement", "foot", "--signals", "1,x"], "expected seconds"),
        (["gait", "a.csv", "b.csv", "--placement", "foot", "--plot", "p.svg"], "one FILE"),
        (["gait", "--placement", "foot"], "files"),
    ],
)
def test_a_command_line_that_is_not_understood_ends_with_64(arguments, says):
    assert says in analyze(*arguments, exit_code=64).stderr


def test_the_help_reads_like_a_manual_page():
    text = analyze("--help").stdout
    for word in ["OVERVIEW", "PLACEMENT", "EXAMPLES", "EXIT STATUS", "phyphox", "Sensor Logger", "SensorLog"]:
        assert word in text


@pytest.mark.skipif(not SHARED.is_dir(), reason="the recordings with ground truth are not here")
class TestSharedRecordings:
    def test_the_scorer_understands_every_answer(self):
        done = subprocess.run(
            [sys.executable, SHARED / "tools/score_gait.py", "--data", SHARED / "data", "--sets", "mobgap-lab", "--",
             binary(), "analyze", "gait", "{file}", "--placement", "{placement}", "--side", "{side}", "--height",
             "{height}", "--json"], capture_output=True, text=True, timeout=600)
        assert done.returncode == 0, done.stderr
        assert "failed: 0" in done.stdout, done.stdout
        score = float(re.search(r"50 ms  ([0-9.]+) /", done.stdout).group(1))
        assert score > 0.85, done.stdout

    def test_heel_raises_of_a_real_foot_are_counted(self, tmp_path):
        path = SHARED / "data/heel-raise/cmu-imu-exercise/HeelRaise.csv.gz"
        with gzip.open(path, "rt") as lines:
            names = lines.readline().strip().split(",")
            columns = [names.index(f"LeftFoot_{axis}") for axis in ("ax", "ay", "az", "gx", "gy", "gz")]
            rows = [[float(cell) for cell in line.split(",")] for line in lines]
        time = names.index("t_s")
        # The authors cut the pauses out; standing still between is what was there.
        out, last = [], None
        for row in rows:
            while last is not None and row[time] - last > 0.015:
                last += 0.01
                out.append([last, *out[-1][1:4], 0, 0, 0])
            last = row[time]
            out.append([last, *(row[c] for c in columns[:3]), *(math.degrees(row[c]) for c in columns[3:])])
        first = out[0]
        out = [[first[0] - 3 + index / 100, *first[1:4], 0, 0, 0] for index in range(300)] + out
        recording = tmp_path / "raises.csv"
        recording.write_text(table(out))
        said = found(recording, "--side", "left", kind="heel-raise", placement="foot")
        assert said["count"] == 10, said
        for raise_ in said["repetitions"]:
            assert raise_["start_s"] < raise_["top_s"] < raise_["end_s"]
            assert raise_["height_cm"] is None, "no foot length was given"
