# SPDX-License-Identifier: Apache-2.0
"""Recordings through the real page: the page, the chart and the command line say the same."""

import base64
import json
import math
import re
import sqlite3
from pathlib import Path

import pytest
import sight
import video
from clinic import ROOT, soleus
from phone import G, STILL, UPRIGHT, from_cmu, raises
from test_lab import PATIENT, SIZES, at_lab, start  # noqa: F401

SHARED = ROOT.parent / "shared/data"
CMU = SHARED / "heel-raise/cmu-imu-exercise/HeelRaise.csv.gz"
has_cmu = pytest.mark.skipif(not CMU.exists(), reason="needs ../shared/data, which cannot be shipped")


def stored(clinic, tmp_path) -> list[Path]:
    """The recordings as the server keeps them, newest last, as files for the command line."""
    with sqlite3.connect(f"file:{clinic.data}/soleus.sqlite?mode=ro", uri=True) as database:
        found = database.execute("SELECT hash FROM recording WHERE at IS NOT NULL ORDER BY at").fetchall()
        files = []
        for (name,) in found:
            pieces = database.execute(
                "SELECT content FROM recording_piece WHERE hash = ? ORDER BY start", [name])
            file = tmp_path / f"{name}.csv.gz"
            file.write_bytes(b"".join(base64.b64decode(content) for (content,) in pieces))
            files.append(file)
    return files


def analyze(kind, file, *options) -> dict:
    return json.loads(soleus("analyze", kind, file, "--json", *options).stdout)


def save(window):
    window.locator("#outcome").wait_for()
    window.locator("#save").click()
    window.wait_for_url("**/lab/result/*", timeout=20_000)


def choose(window, **answers):
    for name, value in answers.items():
        window.locator(f'label:has(input[name="{name}"][value="{value}"])').click()


def finish(window, phone, acc=UPRIGHT):
    """Three quiet seconds end it."""
    phone.rest(3.4, acc=acc)


def worn(sensor):
    return from_cmu(CMU, sensor)


@pytest.mark.parametrize(("side", "placement", "movement"), [
    pytest.param("left", "foot", lambda: worn("LeftFoot"), marks=has_cmu, id="a person, left foot"),
    pytest.param("right", "foot", lambda: worn("RightFoot"), marks=has_cmu, id="a person, right foot"),
    pytest.param("left", "waist", lambda: raises(10), id="drawn, waist"),
])
def test_heel_raises_are_the_same_everywhere(
    own_clinic, at_lab, page, sign_in, tmp_path, axe, no_sideways_scroll, side, placement, movement,  # noqa: F811
):
    """One count on the page, in the chart and on the command line, the same to the last digit.

    How exact the count is, is tested where nothing runs in real time; a busy machine plays a movement raggedly.
    """
    samples = movement()
    rest = samples[0][1]
    window, phone = at_lab("/lab/heel-raise?task=single")
    choose(window, side=side, placement=placement)
    phone.feel(rest, STILL)
    start(window, phone, acc=rest)
    phone.play(samples)
    finish(window, phone, acc=samples[-1][1])
    choose(window, ended="tired")
    save(window)
    title = window.locator("h1").text_content()
    count = int(re.fullmatch(rf"(\d+) heel raises on the {side} leg", title)[1])
    assert 5 <= count <= 10, title
    assert window.get_by_text("the same to the last digit").is_visible()
    assert window.get_by_text("Stopped: calf too tired.").is_visible()
    axe(window)
    no_sideways_scroll(window)

    said = analyze("heel-raise", stored(own_clinic, tmp_path)[-1], "--placement", placement, "--side", side)
    assert said["count"] == count
    rows = window.locator("main table tbody tr")
    window.locator("summary", has_text="One by one").click()
    assert rows.count() == count
    first = rows.first.locator("td").first.text_content()
    assert float(first) == pytest.approx(said["repetitions"][0]["start_s"], abs=0.006)

    therapist = page(width=1280)
    sign_in(therapist, own_clinic.link("therapist"))
    therapist.goto(chart_of(therapist, window.url.rsplit("/", 1)[1]))
    assert therapist.locator("h1").text_content() == title
    assert therapist.get_by_text("the same to the last digit").is_visible()
    axe(therapist)


def chart_of(therapist, entry) -> str:
    """The way from the board over the chart to a recording, as the therapist clicks it."""
    therapist.goto("/board")
    charts = {link.get_attribute("href") for link in therapist.locator('main a[href^="/charts/"]').all()}
    for chart in sorted(charts):
        therapist.goto(chart)
        link = therapist.locator(f'#measurements a[href$="/lab/{entry}"]')
        if link.count():
            return link.first.get_attribute("href")
    raise AssertionError("no chart points at the recording")


def test_a_trial_survives_a_lost_connection(own_clinic, at_lab, page, axe):  # noqa: F811
    """Kept on the phone, sent by itself when the connection is back, written once."""
    window, phone = at_lab("/lab/ankle?task=lunge")
    lean = math.radians(35)
    bent = (0.0, G * math.cos(lean), G * math.sin(lean))
    start(window, phone)
    path = [
        (index / 60, [0.0, G * math.cos(lean * index / 120), G * math.sin(lean * index / 120)],
         [math.degrees(lean) / 2, 0.0, 0.0]) for index in range(120)]
    phone.play(path)
    finish(window, phone, acc=bent)
    window.locator("#outcome").wait_for()
    window.context.set_offline(True)
    window.locator("#save").click()
    window.locator("#sending", has_text="Kept on this phone").wait_for()
    window.context.set_offline(False)
    window.goto("/lab/ankle?task=lunge")
    link = window.locator("#queue a")
    link.wait_for()
    axe(window)
    link.click()
    window.wait_for_url("**/lab/result/*")
    angle = float(re.match(r"([\d.]+)", window.locator("h1").text_content())[1])
    assert angle == pytest.approx(35, abs=0.5)
    window.goto("/lab/ankle?task=lunge")
    window.wait_for_timeout(500)
    assert window.locator("#queue li").count() == 0, "it is sent a second time"


@SIZES
def test_a_result_is_for_everybody(own_clinic, at_lab, axe, no_sideways_scroll, shot, width, theme):  # noqa: F811
    window, phone = at_lab("/lab/balance?task=open", width=width, theme=theme)
    start(window, phone)
    phone.play([
        (index / 60, [0.15 * math.sin(index / 20), G, 0.1 * math.cos(index / 27)],
         [1.5 * math.cos(index / 27), 0.0, 1.2 * math.sin(index / 20)]) for index in range(60 * 12)])
    window.locator("#finish").click()
    save(window)
    axe(window)
    no_sideways_scroll(window)
    shot(window, f"lab-result-{width}-{theme}", whole=True)


def test_the_camera_sees_the_height_to_half_a_millimetre(own_clinic, launch, sign_in, tmp_path, axe):
    """A drawn sticker rises 6 cm; the page follows it in the pictures and sends nothing."""
    film = video.write(tmp_path / "raises.y4m", count=4, height_cm=6.0)
    browser = launch(
        "--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream",
        f"--use-file-for-fake-video-capture={film}")
    context = browser.new_context(
        base_url=own_clinic.url, viewport={"width": 360, "height": 740}, has_touch=True)
    watch = sight.Watch(own_clinic.url).over(context)
    window = context.new_page()
    sign_in(window, own_clinic.link(PATIENT))
    window.goto("/lab/camera")
    axe(window)
    window.locator("#start").click()
    window.locator("#line", has_text="Touch the sticker").wait_for()
    box = window.locator("#canvas").bounding_box()
    scale = box["width"] / video.WIDTH
    # Somewhere near it: it may be on its way up already.
    window.mouse.click(box["x"] + 160 * scale, box["y"] + (video.GROUND - 10) * scale)
    window.locator("#digits", has_text="4").wait_for(timeout=20_000)
    axe(window)
    window.locator("#finish").click()
    heights = [float(cell) for cell in window.locator("#heights td").all_text_contents()]
    # The first and the last may be cut by the beginning and the end.
    assert len(heights) >= 4 and all(abs(height - 6.0) < 0.05 for height in heights[1:-1]), heights
    axe(window)
    sight.none_of(watch.console_faults() + watch.csp_faults())
