# SPDX-License-Identifier: Apache-2.0
"""What phones measured, in the chart and on the patient's own page: the demo's people have recordings."""

import base64
import json
import re
import sqlite3

from clinic import soleus


def measured(clinic):
    """The demo's measurements from recordings: episode → the contents of its entries."""
    with sqlite3.connect(clinic.data / "soleus.sqlite") as database:
        rows = database.execute("SELECT episode, id, content FROM entry WHERE kind = 'measured' ORDER BY sequence")
        found = {}
        for episode, entry, content in rows:
            content = json.loads(content)
            if content.get("results"):
                found.setdefault(episode, []).append((entry, content))
        return found


def test_the_demo_was_measured_by_the_real_analysis_and_its_recordings_say_the_same(clinic, tmp_path):
    found = measured(clinic)
    assert len(found) >= 3, "hardly anybody in the demo has a recording"
    with sqlite3.connect(clinic.data / "soleus.sqlite") as database:
        entries = [(episode, content) for episode, all_ in found.items() for _, content in all_]
        for episode, content in entries[:16]:
            first = content["results"][0]
            rows = database.execute(
                "SELECT p.content FROM recording_piece p JOIN recording r ON r.episode = p.episode"
                " AND r.hash = p.hash WHERE p.episode = ? AND p.hash = ? AND r.at IS NOT NULL ORDER BY p.start",
                (episode, first["recording"])).fetchall()
            assert rows, "the chart points at a recording that is not there"
            path = tmp_path / "recording.csv"
            path.write_bytes(b"".join(base64.b64decode(row[0]) for row in rows))
            values = {result["fact"]: result["value"] for result in content["results"]}
            side = first.get("side") or "left"
            options, same = {
                "walking_speed": (["gait", "--placement", "lower-back", "--height", "1.74"], [
                    (("summary", "walking_speed_mps"), "walking_speed"),
                    (("summary", "step_time_left_s"), "step_time_left")]),
                f"single_heel_raise_{side}": (["heel-raise", "--placement", "foot", "--foot-length", "26"], [
                    (("count",), f"single_heel_raise_{side}")]),
                f"knee_to_wall_angle_{side}": (["ankle", "--placement", "shin", "--task", "lunge"], [
                    (("angle_deg",), f"knee_to_wall_angle_{side}")]),
                f"single_leg_stance_{side}": (["balance", "--placement", "waist"], [
                    (("held_s",), f"single_leg_stance_{side}"), (("rms_deg",), f"stance_sway_{side}")]),
                f"hop_height_{side}": (["hop", "--placement", "waist"], [
                    (("best_height_cm",), f"hop_height_{side}")]),
            }[next(fact for fact in values if re.match(
                "walking_speed|single_heel_raise|knee_to_wall_angle|single_leg_stance|hop_height", fact))]
            if options[0] != "gait":
                options += ["--side", side]
            said = json.loads(soleus("analyze", options[0], path, *options[1:], "--json").stdout)
            for keys, fact in same:
                found = said
                for key in keys:
                    found = found[key]
                assert found == values[fact], f"{fact} of {episode}"


def test_the_chart_shows_value_error_and_verdict_and_leads_to_the_trial(clinic, page, sign_in, axe, no_sideways_scroll):
    episode = next(iter(measured(clinic)))
    window = page(width=360)
    sign_in(window, clinic.link("therapist"))
    window.goto(f"/charts/{episode}")
    card = window.locator("#phone")
    assert card.get_by_role("link", name="Walking speed").count() == 1
    text = card.inner_text()
    assert re.search(r"\d\.\d+ m/s", text), text
    assert "off by about" in text or "by chance" in text
    assert "First measurement" in text or "since" in text
    no_sideways_scroll(window)
    axe(window)
    card.get_by_role("link", name="Walking speed").click()
    assert "the same to the last digit" in window.locator("main").inner_text()


def test_the_patients_progress_shows_the_same(clinic, page, sign_in, axe, no_sideways_scroll):
    episode = next(iter(measured(clinic)))
    with sqlite3.connect(clinic.data / "soleus.sqlite") as database:
        [name] = database.execute(
            "SELECT p.name FROM episode e JOIN person p ON p.id = e.patient WHERE e.id = ?", (episode,)).fetchone()
    window = page(width=360)
    sign_in(window, clinic.link(name))
    window.goto("/progress")
    card = window.locator("#phone")
    assert card.get_by_role("link", name="Walking speed").count() == 1
    assert re.search(r"\d\.\d+ m/s", card.inner_text())
    no_sideways_scroll(window)
    axe(window)
