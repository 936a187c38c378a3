# SPDX-License-Identifier: Apache-2.0
"""The demo clinic as somebody meets it who looks around: a diary, a waiting list, reviews, measurements."""

import collections
import json
import re
import sqlite3

import pytest
from clinic import Clinic, soleus
from conftest import SEED

# A Tuesday, half past ten in the clinic.
MORNING = "2026-11-24T15:30:00Z"
DIARY = """
    SELECT a.wall, a.service, a.status, t.name, a.place, COALESCE(p.name, a.visitor_name, ''), a.series IS NULL
    FROM appointment a JOIN person t ON t.id = a.therapist LEFT JOIN person p ON p.id = a.patient
    ORDER BY a.wall, t.name"""


def demo(data, now):
    soleus("demo", "--data", data, "--seed", SEED, "--now", now)
    return data


def rows(data, sql):
    with sqlite3.connect(f"file:{data / 'soleus.sqlite'}?mode=ro", uri=True) as database:
        return database.execute(sql).fetchall()


@pytest.fixture(scope="module")
def morning(tmp_path_factory):
    return demo(tmp_path_factory.mktemp("morning") / "data", MORNING)


def test_the_same_date_makes_the_same_clinic(morning, tmp_path):
    again = demo(tmp_path / "data", MORNING)
    for sql in (DIARY, "SELECT kind, content FROM entry WHERE kind = 'measured' AND content NOT LIKE '%results%'"
                " ORDER BY at, content", "SELECT content, rating, shown_name FROM review ORDER BY content"):
        assert rows(again, sql) == rows(morning, sql)


def test_the_diary_is_two_weeks_of_a_clinic_at_work(morning):
    appointments = rows(morning, DIARY)
    days = {wall[:10] for wall, *_ in appointments}
    assert min(days) <= "2026-11-18" and max(days) >= "2026-11-30", days
    statuses = collections.Counter(status for _, _, status, *_ in appointments)
    assert {"held", "booked", "checked_in", "done", "no_show", "cancelled"} <= set(statuses), statuses
    today = [(wall[11:], status) for wall, _, status, *_ in appointments if wall.startswith("2026-11-24")]
    assert any(status == "done" for _, status in today), today
    assert any(status == "checked_in" for _, status in today), today
    assert any(status == "booked" and time > "11:00" for time, status in today), today
    assert all(status in ("done", "no_show", "cancelled")
               for wall, _, status, *_ in appointments if wall < "2026-11-24"), "yesterday is over"
    assert {therapist for _, _, _, therapist, *_ in appointments} == {"Demo, Tess", "Demo, Theo"}
    series = [wall for wall, *_, is_alone in appointments if not is_alone]
    assert len(series) == 6 and len({wall[11:] for wall in series}) == 1, series
    waiting = dict(rows(morning, "SELECT visitor_name, status FROM waiting"))
    assert waiting == {"Demo, Wilma": "waiting", "Demo, Hugo": "offered"}


@pytest.mark.parametrize("now", [
    "2026-11-26T17:00:00Z",  # Thanksgiving
    "2027-01-01T04:59:00Z",  # New Year's Eve, a minute before midnight
])
def test_any_day_will_do(tmp_path, now):
    data = demo(tmp_path / "data", now)
    assert len(rows(data, DIARY)) >= 20
    assert rows(data, "SELECT COUNT(*) FROM review_decision WHERE kind = 'released'") == [(1,)]
    assert soleus("chart", "verify", "--data", data).stdout.startswith("Every chart")


def test_every_test_of_the_phone_is_in_some_chart(morning):
    contents = [json.loads(content) for content, in rows(
        morning, "SELECT content FROM entry WHERE kind = 'measured'")]
    facts = {result["fact"] for content in contents for result in content.get("results") or []}
    for measure in ("walking_speed", "single_heel_raise", "knee_to_wall_angle", "single_leg_stance",
                    "stance_sway", "hop_height"):
        assert any(fact.startswith(measure) for fact in facts), f"nobody has {measure}: {sorted(facts)}"


def test_a_moment_that_is_none_is_refused(tmp_path):
    refused = soleus("demo", "--data", tmp_path / "data", "--now", "yesterday", exit_code=64).stderr
    assert "'yesterday' is no moment" in refused
    assert not (tmp_path / "data").exists()


def test_the_pages_are_not_bare(tmp_path, page, sign_in, axe, no_sideways_scroll, shot):
    data = tmp_path / "data"
    soleus("demo", "--data", data, "--seed", SEED)
    clinic = Clinic(data).start()
    visitor = page(width=360, at=clinic)
    visitor.goto("/reviews")
    assert "the season was over" in visitor.locator("main").inner_text()
    axe(visitor)
    desk = page(width=1280, at=clinic)
    sign_in(desk, clinic.link("desk"))
    desk.goto("/diary")
    for _ in range(4):
        if desk.locator("a.entry").count() >= 3:
            break
        desk.get_by_role("link", name="Later").click()
    assert desk.locator("a.entry").count() >= 3
    axe(desk)
    no_sideways_scroll(desk)
    shot(desk, "demo-diary-1280")
    desk.goto("/diary/waiting")
    assert desk.get_by_role("row", name=re.compile("Wilma|Hugo")).count() == 2
    axe(desk)
    desk.goto("/reviews/desk")
    assert "Priya" in desk.locator("main").inner_text() and "Jonas" in desk.locator("main").inner_text()
    axe(desk)
    desk.goto("/diary?view=week")
    axe(desk)
    no_sideways_scroll(desk)
    clinic.stop()
