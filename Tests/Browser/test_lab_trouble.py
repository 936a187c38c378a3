# SPDX-License-Identifier: Apache-2.0
"""What goes wrong with a phone and its connection, each said plainly, and nothing of it half-stored."""

import sqlite3

import pytest
from phone import G, STILL, UPRIGHT, raises
from test_lab import at_replay, kept  # noqa: F401
from test_lab_results import choose, save


@pytest.fixture
def refused(windows):
    """refused(422): the server refused the page once, like this, and nothing else went wrong."""

    def take(status):
        [(_, watch)] = windows
        assert [text.split()[0] for text in watch.failed_requests] == [str(status)]
        watch.failed_requests.clear()

    return take


def rows(clinic, table) -> int:
    with sqlite3.connect(f"file:{clinic.data}/soleus.sqlite?mode=ro", uri=True) as database:
        return database.execute(f"SELECT count(*) FROM {table}").fetchone()[0]


def do_raises(at_replay, samples, path="/lab/heel-raise?task=single"):  # noqa: F811
    window, phone = at_replay(path)
    choose(window, side="left", placement="waist")
    phone.start()
    phone.play(samples)
    return window, phone


def with_hole(samples, at, seconds) -> list:
    """The same with nothing felt for so long."""
    return [sample for sample in samples if not at < sample[0] < at + seconds]


def test_a_gap_is_counted_and_what_falls_into_it_is_not(own_clinic, at_replay, axe):  # noqa: F811
    window, phone = do_raises(at_replay, with_hole(raises(6), 4.0, 0.25))
    phone.finish()
    gap = window.locator("#outcome-gaps").text_content()
    assert gap == "The phone left a gap of 0.3 s. What falls into it is not counted."
    phone.go_on()
    axe(window)
    save(window)
    assert "60 values a second, 1 gaps" in window.locator("main").inner_text()


def test_more_than_a_second_missing_ends_the_test(own_clinic, at_replay, axe):  # noqa: F811
    """Events that come late, all at once: their own stamps tell."""
    before = rows(own_clinic, "entry")
    window, phone = do_raises(at_replay, raises(2) + [(at + 5.2, acc, gyr) for at, acc, gyr in raises(1)])
    window.locator("#trouble").wait_for()
    assert window.locator("#trouble-title").text_content().startswith("The phone stopped measuring")
    phone.go_on()
    assert kept_nothing(window)
    assert rows(own_clinic, "entry") == before
    axe(window)


def kept_nothing(window) -> bool:
    """Neither does the phone keep a trial that cannot be used."""
    return window.evaluate("indexedDB.databases()") == [] or kept(window) == []


@pytest.mark.parametrize(("how", "status"), [("changed", 422), ("unknown", 400)])
def test_a_recording_that_arrives_damaged_is_refused_whole(own_clinic, at_replay, axe, refused, how, status):  # noqa: F811
    recordings, entries = rows(own_clinic, "recording"), rows(own_clinic, "entry")
    pieces = rows(own_clinic, "recording_piece")
    window, phone = do_raises(at_replay, raises(4))
    phone.finish()

    def damage(route):
        body = route.request.post_data_buffer
        route.continue_(
            post_data=body[:-1] + bytes([body[-1] ^ 1]) if how == "changed" else body,
            url=route.request.url if how == "changed" else route.request.url.replace("from=0", "from=-4"))

    window.route("**/lab/recordings/*", damage)
    phone.go_on()
    window.locator("#save").click()
    window.locator("#sending", has_text="could not use this recording. Do the test once more.").wait_for()
    axe(window)
    assert rows(own_clinic, "recording") == recordings and rows(own_clinic, "recording_piece") == pieces
    assert rows(own_clinic, "entry") == entries
    assert kept(window) == [], "it would be sent again for ever"
    refused(status)


def test_a_connection_lost_in_the_middle_goes_on_where_it_was(own_clinic, at_replay, refused):  # noqa: F811
    """The server got the first half; the answer never came."""
    window, phone = do_raises(at_replay, raises(4))
    phone.finish()
    asked = []

    def cut(route):
        asked.append(route.request.url.partition("from=")[2].partition("&")[0])
        if len(asked) == 1:
            half = route.request.post_data_buffer[:1000]
            route.fetch(post_data=half)
            route.abort()
        else:
            route.continue_()

    window.route("**/lab/recordings/*", cut)
    window.locator("#save").click()
    window.locator("#sending", has_text="Kept on this phone").wait_for()
    window.evaluate("window.dispatchEvent(new Event('online'))")
    link = window.locator("#queue a")
    link.wait_for()
    assert asked == ["0", "0", "1000"], "it goes on behind what the server says that it holds"
    refused(409)
    link.click()
    window.wait_for_url("**/lab/result/*")
    assert "4 heel raises" in window.locator("h1").text_content()


def test_signed_out_meanwhile_keeps_the_trial(own_clinic, at_replay, axe, refused):  # noqa: F811
    window, phone = do_raises(at_replay, raises(3))
    phone.finish()
    window.context.clear_cookies()
    phone.go_on()
    window.locator("#save").click()
    window.locator("#sending", has_text="You are signed out. The test is kept on this phone").wait_for()
    axe(window)
    assert len(kept(window)) == 1
    refused(401)


def test_a_hold_that_wobbles_at_first_still_starts(own_clinic, at_replay):  # noqa: F811
    """Somebody who never stands still long enough presses the button instead."""
    window, phone = at_replay("/lab/heel-raise?task=double")
    choose(window, placement="waist")
    window.locator("#start").click()
    shaky = [(index / 60, [2 if index % 8 < 4 else -2, G, 0], [40, 0, 0]) for index in range(120)]
    while not window.locator("#stage").is_visible():
        phone.rest(0.1)
        window.wait_for_timeout(20)
    phone.play(shaky)
    assert window.locator("#finish").is_hidden()
    window.locator("#ready").click()
    assert phone.rest(5, UPRIGHT, STILL, until="#finish"), "the button does not count down"
