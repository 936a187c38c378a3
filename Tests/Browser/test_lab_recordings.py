# SPDX-License-Identifier: Apache-2.0
"""Real recordings through the real page, by their own time stamps: what the page finds is what the chart keeps and
what the command line says, to the last digit, and it is what the recording is known to hold.
"""

import json
import math
import sqlite3

import pytest
from phone import G
from replay import even, from_fixture, from_table
from test_lab import PATIENT, at_replay  # noqa: F401
from test_lab_results import SHARED, analyze, chart_of, choose, newest
from test_motion import fixtures  # noqa: F401

has_shared = pytest.mark.skipif(not SHARED.exists(), reason="needs ../shared/data, which cannot be shipped")


def hopper(clinic) -> str:
    """Somebody of the demo whose plan holds hops, and whose programme runs."""
    with sqlite3.connect(f"file:{clinic.data}/soleus.sqlite?mode=ro", uri=True) as database:
        plans = {}
        for name, kind, content in database.execute(
            "SELECT p.name, e.kind, e.content FROM entry e JOIN episode c ON c.id = e.episode"
            " JOIN person p ON p.id = c.patient ORDER BY e.sequence"):
            if kind == "plan_written":
                plans[name] = "pogo_hop" in content or "sprint_cut" in content
            elif kind in ("held", "flag_raised", "closed"):
                plans[name] = False
    return next(name for name, hops in plans.items() if hops)


def save(window):
    """Sends it; the chart keeps the bits that the phone found, or the server would refuse them."""
    assert window.locator("#outcome-nothing").is_hidden(), window.locator("#outcome").inner_text()
    window.locator("#save").click()
    window.wait_for_url("**/lab/result/*", timeout=20_000)
    assert window.get_by_text("the same to the last digit").is_visible(), window.locator("main").inner_text()


def kept(clinic, window) -> tuple[dict, str]:
    """What the chart keeps of the result that is open: its values by name, and its note."""
    with sqlite3.connect(f"file:{clinic.data}/soleus.sqlite?mode=ro", uri=True) as database:
        [content] = database.execute(
            "SELECT content FROM entry WHERE id = ?", [window.url.rsplit("/", 1)[1]]).fetchone()
    content = json.loads(content)
    return {each["fact"]: each["value"] for each in content["results"]}, content["note"]


def seen_by_therapist(own_clinic, page, sign_in, window) -> None:
    """The chart leads to the same page with the same title."""
    title = window.locator("h1").text_content()
    therapist = page(width=1280)
    sign_in(therapist, own_clinic.link("therapist"))
    therapist.goto(chart_of(therapist, window.url.rsplit("/", 1)[1]))
    assert therapist.locator("h1").text_content() == title
    assert therapist.get_by_text("the same to the last digit").is_visible()


def recorded(fixtures, name) -> list:  # noqa: F811
    found = [fixture for fixture in fixtures if fixture["name"] == name]
    if not found:
        pytest.skip(f"no recording '{name}': it needs ../shared/data, which cannot be shipped")
    return from_fixture(found[0])


def pose(samples) -> list:
    """A second of rest as the recording begins."""
    return [(at - samples[0][0], acc, gyr) for at, acc, gyr in samples if at - samples[0][0] < 1]


def bias(samples) -> list:
    """What the gyroscope shows at rest: a sensor does not lose it when the movement is over."""
    turns = [gyr for _, _, gyr in pose(samples)]
    return [sum(axis) / len(turns) for axis in zip(*turns)]


def typed(window) -> list[str]:
    """What the form says of the body, as the command line takes it."""
    fields = {"mass": "--mass", "foot": "--foot-length"}
    given = {name: window.locator(f'input[name="{name}"]') for name in fields}
    return [part for name, field in given.items() if field.count() and field.input_value()
            for part in (fields[name], field.input_value())]


@pytest.mark.parametrize(("name", "side", "placement", "expected"), [
    ("HeelRaise LeftFoot", "left", "foot", 10), ("HeelRaise RightShank", "right", "shin", 10),
    ("HeelRaise Pelvis", "left", "waist", 10), ("made-up raises of the body", "left", "waist", 8),
])
def test_every_heel_raise_counts(
    own_clinic, at_replay, page, sign_in, tmp_path, fixtures, name, side, placement, expected):  # noqa: F811
    """All of them, of a person and made up, with jittered stamps and any mounting."""
    samples = recorded(fixtures, name)
    window, phone = at_replay("/lab/heel-raise?task=single")
    choose(window, side=side, placement=placement)
    body = typed(window)
    phone.start(pose(samples))
    phone.play(samples)
    phone.finish(samples[-1][1], bias(samples))
    window.locator("#outcome").wait_for()
    assert window.locator("#outcome-title").text_content() == f"{expected} heel raises"
    save(window)
    assert window.locator("h1").text_content() == f"{expected} heel raises on the {side} leg"
    values, _ = kept(own_clinic, window)
    said = analyze(
        "heel-raise", newest(own_clinic, tmp_path), "--placement", placement, "--side", side, *body)
    assert said["count"] == values[f"single_heel_raise_{side}"] == expected
    assert said["summary"]["mean_height_cm"] == values.get(f"heel_raise_height_{side}")
    assert said["summary"]["displacement_cm"] == values.get(f"heel_raise_displacement_{side}")
    seen_by_therapist(own_clinic, page, sign_in, window)


def test_other_movements_are_no_heel_raises(own_clinic, at_replay, fixtures):  # noqa: F811
    """Squats of the same person: nothing is counted, and nothing can be saved."""
    samples = recorded(fixtures, "SqSL Pelvis")
    window, phone = at_replay("/lab/heel-raise?task=single")
    choose(window, side="left", placement="waist")
    phone.start(pose(samples))
    phone.play(samples)
    phone.finish(samples[-1][1], bias(samples))
    window.locator("#outcome").wait_for()
    assert window.locator("#outcome-title").text_content() == "Nothing was found that can be measured"
    assert window.locator("#save").is_hidden()


@has_shared
def test_ten_pumps_of_a_real_foot(own_clinic, at_replay, page, sign_in, tmp_path):  # noqa: F811
    samples = even(from_table(
        SHARED / "ankle/maskul-ankle/FAN_FC_FOOT.csv.gz", turns=math.degrees(1), names=("a{}", "g{}")))
    # The sensor wakes up in the first third of a second, and the foot rests for one.
    samples = [sample for sample in samples if sample[0] > 0.35]
    window, phone = at_replay("/lab/ankle?task=pumps")
    phone.start(pose(samples))
    phone.play(samples)
    phone.finish(samples[-1][1], bias(samples))
    save(window)
    values, _ = kept(own_clinic, window)
    said = analyze("ankle", newest(own_clinic, tmp_path), "--placement", "foot", "--side", "right", "--task", "pumps")
    assert said["count"] == 10
    assert said["angle_deg"] == values["ankle_range_right"] == pytest.approx(43, abs=2)
    assert window.locator("h1").text_content().startswith(f"{round(said['angle_deg'], 1):g}°")
    seen_by_therapist(own_clinic, page, sign_in, window)


def test_circles_are_counted(own_clinic, at_replay, tmp_path, fixtures):  # noqa: F811
    samples = recorded(fixtures, "made-up circles")
    window, phone = at_replay("/lab/ankle?task=circles")
    phone.start(pose(samples))
    phone.play(samples)
    phone.finish(samples[-1][1], bias(samples))
    assert window.locator("#outcome-title").text_content() == "10 circles"
    save(window)
    said = analyze("ankle", newest(own_clinic, tmp_path), "--placement", "foot", "--side", "right", "--task", "circles")
    assert said["count"] == kept(own_clinic, window)[0]["ankle_circles_right"] == 10


def test_knee_to_wall_reads_the_shins_angle(own_clinic, at_replay, tmp_path):  # noqa: F811
    lean = math.radians(38)
    path = [
        (index / 60, [0.0, G * math.cos(lean * index / 90), G * math.sin(lean * index / 90)],
         [math.degrees(lean) / 1.5, 0.0, 0.0]) for index in range(91)]
    window, phone = at_replay("/lab/ankle?task=lunge")
    phone.start()
    phone.play(path)
    phone.finish(path[-1][1])
    save(window)
    said = analyze("ankle", newest(own_clinic, tmp_path), "--placement", "shin", "--side", "right", "--task", "lunge")
    assert said["angle_deg"] == kept(own_clinic, window)[0]["knee_to_wall_angle_right"] == pytest.approx(38, abs=0.3)


def test_standing_on_foam_sways_as_the_plate_says(own_clinic, at_replay, tmp_path, fixtures):  # noqa: F811
    """Three trials of a real body, each kept, and the mean of them."""
    names = [fixture["name"] for fixture in fixtures if fixture["name"].startswith("standing ")][:3]
    if len(names) < 3:
        pytest.skip("needs ../shared/data, which cannot be shipped")
    held = []
    window, phone = at_replay("/lab/balance?task=open")
    for number, name in enumerate(names):
        samples = recorded(fixtures, name)
        if number > 0:
            window.goto("/lab/balance?task=open")
            window.locator("#start").wait_for()
            phone.stop_the_clock()
        phone.start(pose(samples))
        phone.play(samples, until="#outcome")
        save(window)
        values, _ = kept(own_clinic, window)
        said = analyze("balance", newest(own_clinic, tmp_path), "--placement", "waist", "--side", "right")
        assert said["held_s"] == values["single_leg_stance_right"]
        assert said["rms_deg"] == values.get("stance_sway_right", said["rms_deg"])
        held.append(said["held_s"])
        missing = 2 - number
        if missing:
            assert "of three" in window.locator("main").inner_text()
    text = window.locator("main").inner_text()
    assert "Mean of three trials" in text
    assert f"{round(sum(held) / 3, 1):g} s" in text, (held, text)


@has_shared
@pytest.mark.parametrize(("task", "name"), [("hop", "jump gidiel dual-cmj"), ("hops", "jump gidiel dual-dj")])
def test_a_jump_off_a_force_plate(own_clinic, at_replay, page, sign_in, tmp_path, fixtures, task, name):  # noqa: F811
    samples = recorded(fixtures, name)
    window, phone = at_replay(f"/lab/hop?task={task}", who=hopper(own_clinic))
    choose(window, side="left")
    phone.start(pose(samples)[:30])
    phone.play(samples)
    phone.finish(samples[-1][1], bias(samples))
    save(window)
    values, _ = kept(own_clinic, window)
    said = analyze("hop", newest(own_clinic, tmp_path), "--placement", "waist", "--side", "left")
    if task == "hop":
        assert values["hop_height_left"] == said["best_height_cm"]
    else:
        assert values["reactive_strength_left"] == said["rsi"]
    seen_by_therapist(own_clinic, page, sign_in, window)


@has_shared
@pytest.mark.parametrize("task", ["walk", "turns"])
def test_a_walk_there_and_back(own_clinic, at_replay, page, sign_in, tmp_path, task):  # noqa: F811
    """Ten metres, a turn, ten metres: the phone's reading of the walk is the server's."""
    samples = even(from_table(SHARED / "walk/ipol-gait/1-1_lower-back.csv.gz"))
    path, who = ("/lab/walk", PATIENT) if task == "walk" else ("/lab/turn?task=turns", hopper(own_clinic))
    window, phone = at_replay(path, who=who)
    if task == "walk":
        window.locator("summary").click()
        window.locator("#height").fill("178")
    phone.start(pose(samples))
    phone.play(samples)
    if task == "walk":
        # Looked at twice a second, and a step is known half a second after it was.
        counted = int(window.locator("#digits").text_content())
        assert "steps a minute" in window.locator("#live").text_content()
        window.locator("#finish").click()
    else:
        phone.finish(samples[-1][1], bias(samples))
    window.locator("#outcome").wait_for()
    title = window.locator("#outcome-title").text_content()
    save(window)
    values, _ = kept(own_clinic, window)
    file = newest(own_clinic, tmp_path)
    if task == "walk":
        said = analyze("gait", file, "--placement", "lower-back", "--height", "1.78")["summary"]
        assert values["cadence"] == said["cadence_spm"] and values["walking_speed"] == said["walking_speed_mps"]
        assert title == f"{round(said['cadence_spm'], 2):g} steps a minute"
        assert abs(counted - said["steps"]) <= 0.25 * said["steps"], "live and afterwards count the same walk"
    else:
        said = analyze("turn", file, "--placement", "waist")
        assert said["count"] == 1, "one turn half-way"
        peaks = [said["peak_left_dps"], said["peak_right_dps"]]
        assert [values.get("turn_peak_left"), values.get("turn_peak_right")] == peaks
    seen_by_therapist(own_clinic, page, sign_in, window)


# Of a phone that stands upright on the shin, seen from above: where x and z set off to.
WAYS = {"↑": (0, 1), "←": (1, 0), "↓": (0, -1), "→": (-1, 0)}


@pytest.mark.parametrize(("task", "fact", "count"), [
    ("reaction", "reaction_time", 10), ("placement", "foot_placement_time", 12)])
def test_answers_to_cues(own_clinic, at_replay, page, sign_in, tmp_path, task, fact, count):  # noqa: F811
    """Each cue is answered a known time after it showed; what the phone itself comes late by is taken off."""
    window, phone = at_replay(f"/lab/turn?task={task}", who=PATIENT if task == "reaction" else hopper(own_clinic))
    if task == "reaction":
        choose(window, cue="light")
    phone.start(felt_after_s=2 / 60)
    for number in range(count):
        assert phone.rest(5, until="#stage.cue"), f"cue {number + 1} never came"
        x, z = WAYS.get(window.locator("#digits").text_content(), (0, 1))
        phone.rest(0.2 + 0.01 * number)
        phone.rest(0.3, acc=(3 * x, G, 3 * z), gyr=(80, 0, 0))
        phone.rest(0.4)
    assert phone.rest(2, until="#outcome")
    assert "feels a tap 33 ms late" in window.locator("#outcome-facts").text_content()
    side = window.evaluate("document.querySelector('input[name=side]:checked').value")
    save(window)
    assert "The phone's own delay, 33 ms, was measured before the test" in window.locator("main").inner_text()
    if task == "placement":
        assert "12 of 12" in window.locator("main").inner_text(), "each step went where the page pointed"
    values, note = kept(own_clinic, window)
    file = newest(own_clinic, tmp_path)
    said_so = dict(part.split(" ", 1) for part in note.split("; "))
    marks, delay = [float(cue) for cue in said_so["cues_s"].split()], said_so["delay_s"]
    assert len(said_so["cues"].split()) == count
    said = analyze(
        "reaction", file, "--placement", "shin", "--side", side, "--signals", ",".join(map(str, marks)),
        "--latency", delay, *(["--drill"] if task == "placement" else []))
    assert said["count"] == count and said["false_starts"] == 0
    assert values[f"{fact}_{side}"] == said["median_s"]
    moved = [at for at, _, gyr in from_table(file) if gyr[0] > 40]
    truth = sorted(next(at for at in moved if at > mark) - mark - float(delay) for mark in marks)
    middle = (truth[(count - 1) // 2] + truth[count // 2]) / 2
    # One sample: where between two of them the movement began, no phone can tell.
    assert said["median_s"] == pytest.approx(middle, abs=0.018), (said, truth)
    seen_by_therapist(own_clinic, page, sign_in, window)
