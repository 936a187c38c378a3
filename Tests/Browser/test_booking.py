# SPDX-License-Identifier: Apache-2.0
"""A visitor books, moves and cancels, with and without scripts; who comes second; who waits."""

import re

import pytest


def choose_time(page, service="Treatment", nth=0):
    page.goto("/book")
    page.get_by_role("button", name=re.compile(service)).click()
    for _ in range(4):
        times = page.locator("button[name=starts]")
        if times.count() > nth:
            break
        page.get_by_role("button", name="Later").click()
    times.nth(nth).click()


def fill_in(page, name, phone):
    page.get_by_label("Name").fill(name)
    page.get_by_label("Phone").fill(phone)
    page.get_by_role("button", name="Book it").click()


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("javascript", [True, False])
def test_a_visitor_books_moves_and_cancels(own_clinic, page, axe, no_sideways_scroll, shot, width, javascript):
    window = page(width=width, javascript=javascript)
    looks = axe if javascript else lambda _: None
    window.goto("/book")
    looks(window)
    no_sideways_scroll(window)
    window.get_by_role("button", name=re.compile("Treatment")).click()
    window.get_by_role("button", name="Later").click()
    looks(window)
    no_sideways_scroll(window)
    shot(window, f"book-times-{width}")
    window.locator("button[name=starts]").first.click()
    assert "who comes?" in window.locator("h1").inner_text()
    looks(window)
    no_sideways_scroll(window)
    fill_in(window, "Vera Lind", "(555) 010-7777")
    assert "Booked" in window.get_by_role("status").inner_text()
    looks(window)
    no_sideways_scroll(window)
    shot(window, f"book-managed-{width}")
    file = own_clinic.get(re.sub(r"^https?://[^/]+|\?.*$", "", window.url) + "/appointment.ics")
    assert file.status == 200 and "BEGIN:VEVENT" in file.body
    before = window.locator("h1").inner_text()
    window.get_by_role("link", name="Move it").click()
    looks(window)
    window.get_by_role("link", name="Later").click()
    window.locator("button[name=starts]").last.click()
    assert "Moved" in window.get_by_role("status").inner_text()
    assert window.locator("h1").inner_text() != before
    window.get_by_role("button", name="Cancel it").click()
    assert window.locator("h1").inner_text().startswith("Cancelled")
    looks(window)


def test_who_comes_second_is_shown_the_nearest_times(own_clinic, page, axe):
    one, other = page(), page()
    for window in (one, other):
        window.goto("/book")
        window.get_by_role("button", name=re.compile("Treatment")).click()
        window.get_by_role("button", name="Later").click()
    one.locator("button[name=starts]").first.click()
    other.locator("button[name=starts]").first.click()
    assert "That time is taken" in other.locator("h1").inner_text()
    axe(other)
    other.locator("button[name=starts]").first.click()
    assert "who comes?" in other.locator("h1").inner_text()


def test_somebody_waits(own_clinic, page, axe, sign_in):
    visitor = page()
    visitor.goto("/book")
    visitor.get_by_role("button", name=re.compile("Treatment")).click()
    visitor.get_by_text("Tell me when something becomes free").click()
    visitor.get_by_label("Name").fill("Wanda Wait")
    visitor.get_by_label("Phone").fill("555 010 8888")
    axe(visitor)
    visitor.get_by_role("button", name="Put me on the list").click()
    # Much is free in a demo clinic, so one is kept for her at once; she sees it without any message.
    assert "A time is free for you" in visitor.locator("h1").inner_text()
    axe(visitor)
    visitor.get_by_role("button", name="Look at this time").click()
    assert visitor.get_by_label("Name").input_value() == "Wanda Wait"
    axe(visitor)
    desk = page(width=1280)
    sign_in(desk, own_clinic.link("desk"))
    desk.goto("/diary/waiting")
    assert desk.get_by_role("row", name=re.compile("Wanda Wait")).count() == 1
    axe(desk)
