# SPDX-License-Identifier: Apache-2.0
"""Recordings through the real page: the page, the chart and the command line say the same."""

import base64
import json
import math
import re
import sqlite3
from pathlib import Path

import pytest
from clinic import ROOT, soleus
from phone import G, UPRIGHT, raises
from test_lab import PATIENT, SIZES, at_lab, at_replay, start  # noqa: F401

SHARED = ROOT.parent / "shared/data"


def newest(clinic, tmp_path) -> Path:
    """The recording that the server got last, as a file for the command line."""
    with sqlite3.connect(f"file:{clinic.data}/soleus.sqlite?mode=ro", uri=True) as database:
        [name] = database.execute(
            "SELECT hash FROM recording WHERE at IS NOT NULL ORDER BY at DESC LIMIT 1").fetchone()
        pieces = database.execute("SELECT content FROM recording_piece WHERE hash = ? ORDER BY start", [name])
        file = tmp_path / f"{name}.csv.gz"
        file.write_bytes(b"".join(base64.b64decode(content) for (content,) in pieces))
    return file


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


def test_heel_raises_are_the_same_everywhere(
    own_clinic, at_replay, page, sign_in, tmp_path, axe, no_sideways_scroll,  # noqa: F811
):
    """Ten on the page, in the chart and on the command line, each raise the same to the last digit."""
    window, phone = at_replay("/lab/heel-raise?task=single")
    choose(window, side="left", placement="waist")
    phone.start()
    phone.play(raises(10))
    phone.finish()
    choose(window, ended="tired")
    phone.go_on()
    save(window)
    title = window.locator("h1").text_content()
    assert title == "10 heel raises on the left leg"
    assert window.get_by_text("the same to the last digit").is_visible()
    assert window.get_by_text("Stopped: calf too tired.").is_visible()
    assert "needs your body weight" in window.locator("main").inner_text()
    axe(window)
    no_sideways_scroll(window)

    said = analyze("heel-raise", newest(own_clinic, tmp_path), "--placement", "waist", "--side", "left")
    assert said["count"] == 10
    rows = window.locator("main table tbody tr")
    window.locator("summary", has_text="One by one").click()
    assert rows.count() == 10
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
