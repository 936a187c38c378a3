# SPDX-License-Identifier: Apache-2.0
"""An appointment from the first press to the waiting list, with what the mail brings; and a morning at the desk."""

import re
import sqlite3
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import icalendar
import pytest

from clinic import Clinic, copy_of
from mail import letters, mail_system, until
from visitor import STORY, check_symptoms, settle

ZONE = ZoneInfo("America/New_York")
WIDTHS = pytest.mark.parametrize(("width", "theme"), [(360, "light"), (1280, "dark")])


@pytest.fixture
def mailed(demo_data, tmp_path):
    """A clinic whose messages go into a folder, looked after every second; with that folder."""
    data = copy_of(demo_data, tmp_path / "data")
    box = mail_system(data, tmp_path)
    clinic = Clinic(data, ("--chores", "1")).start()
    yield clinic, box
    clinic.stop()


def database(clinic):
    return sqlite3.connect(clinic.data / "soleus.sqlite", timeout=20)


def letter(box, to, subject):
    """The message to somebody whose subject says so, as soon as it is there."""
    def found():
        return [each for each in letters(box) if each["To"] == to and re.search(subject, each["Subject"])]
    return until(found, f"{subject} to {to}")[-1]


def link_in(message, clinic):
    """What the person presses in the message."""
    address = re.search(r"https?://\S+(/book/manage/\S+)", message.get_body(("plain",)).get_content())
    return clinic.url + address[1]


def event_in(text):
    calendar = icalendar.Calendar.from_ical(text)
    event, = calendar.walk("VEVENT")
    return calendar, event


def download(window, clinic):
    """The calendar file as the button gives it, read by another library."""
    path = window.get_by_role("link", name="Add to my calendar").get_attribute("href")
    file = clinic.get(path)
    assert file.status == 200 and file.headers["content-type"].startswith("text/calendar"), file
    return event_in(file.body)


def choose_therapist(window):
    """Chooses the service and the first therapist by name, and gives that name."""
    window.goto("/book")
    window.get_by_role("button", name=re.compile("Treatment")).click()
    label = window.locator("label:has(input[name=therapist])").nth(1)
    name = label.inner_text().strip()
    label.click()
    window.get_by_role("button", name="Show free times").click()
    return name


def first_time(window):
    """Presses a time of next week, so that it can still be moved and cancelled."""
    window.get_by_role("button", name="Later").click()
    window.locator("button[name=starts]").first.click()


def fill_in(window, name, phone, email):
    window.get_by_label("Name").fill(name)
    window.get_by_label("Phone").fill(phone)
    window.get_by_label("E-mail").fill(email)


def book(window, name="Vera Lind", email="vera@example.org"):
    choose_therapist(window)
    first_time(window)
    fill_in(window, name, "(555) 010-7777", email)
    settle(window)
    window.get_by_role("button", name="Book it").click()
    assert "Booked" in window.get_by_role("status").inner_text()
    settle(window)


@WIDTHS
def test_a_visitor_books_moves_and_cancels_and_the_mail_says_the_same(mailed, page, shot, width, theme):
    clinic, box = mailed
    window = page(at=clinic, width=width, theme=theme)
    book(window)
    shot(window, f"desk-manage-{width}-{theme}", whole=True)
    _, event = download(window, clinic)
    mailed_file, = letter(box, "vera@example.org", "booked|appointment").iter_attachments()
    calendar, same = event_in(mailed_file.get_content())
    assert calendar["METHOD"] == "REQUEST"
    assert (same["UID"], same["DTSTART"].dt, same["SEQUENCE"]) == (event["UID"], event["DTSTART"].dt, 0), (
        "the mail and the page give two different appointments")
    heading = window.locator("h1").inner_text()
    start = event["DTSTART"].dt
    assert f"{start:%A, %B} {start.day}, {start.hour % 12 or 12}:{start:%M}" in heading, heading

    # The link in the message opens the same page as the one after booking.
    window.goto(link_in(letter(box, "vera@example.org", "booked|appointment"), clinic))
    assert window.locator("h1").inner_text() == heading
    window.get_by_role("link", name="Move it").click()
    settle(window)
    shot(window, f"desk-move-{width}-{theme}", whole=True)
    window.get_by_role("link", name="Later").click()
    window.locator("button[name=starts]").last.click()
    assert "Moved" in window.get_by_role("status").inner_text()
    settle(window)
    _, moved = download(window, clinic)
    assert moved["UID"] == event["UID"] and moved["SEQUENCE"] == 1 and moved["DTSTART"].dt != start
    mailed_file, = letter(box, "vera@example.org", "[Nn]ew time").iter_attachments()
    _, told = event_in(mailed_file.get_content())
    assert told["DTSTART"].dt == moved["DTSTART"].dt and told["SEQUENCE"] == 1

    window.get_by_role("button", name="Cancel it").click()
    assert window.locator("h1").inner_text().startswith("Cancelled")
    settle(window)
    mailed_file, = letter(box, "vera@example.org", "cancelled").iter_attachments()
    calendar, gone = event_in(mailed_file.get_content())
    assert calendar["METHOD"] == "CANCEL" and gone["UID"] == event["UID"] and gone["SEQUENCE"] == 2


def leave_only(clinic, start, end):
    """The desk shuts the door but for one appointment, until the end of its day."""
    with database(clinic) as open_:
        desk, = open_.execute("SELECT id FROM person WHERE role = 'desk' LIMIT 1").fetchone()
        midnight = end.replace(hour=0, minute=0) + timedelta(days=1)
        for number, (first, last) in enumerate([(datetime.now(ZONE), start), (end, midnight)]):
            stamps = [each.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.000Z") for each in (first, last)]
            open_.execute(
                "INSERT INTO diary_change (id, kind, therapist, starts_at, ends_at, note, source, made_by, made_at) "
                "VALUES (?, 'closed', NULL, ?, ?, '', '', ?, ?)",
                [f"shut-{number}", *stamps, desk, stamps[0]])


def wait(window, name, number, email, day):
    """Puts somebody on the list until a day; the window shows the page that is theirs."""
    window.get_by_text("Tell me when something becomes free").click()
    fill_in(window, name, f"(555) 010-99{number}", email)
    window.get_by_label("At the latest on").fill(f"{day:%Y-%m-%d}")


# A swelling that grows must be seen the same day.
SWOLLEN = STORY | {
    "swelling": {"swelling": "calf"}, "swelling_trend": {"swelling_trend": "worse", "calf_bigger_cm": "2.5"}}


@WIDTHS
def test_a_freed_time_goes_to_who_needs_it_most_then_to_the_next(
        mailed, page, sign_in, shot, width, theme):
    clinic, box = mailed
    look = {"at": clinic, "width": width, "theme": theme}
    owner = page(**look)
    book(owner)
    _, event = download(owner, clinic)
    start, end = event["DTSTART"].dt, event["DTEND"].dt
    leave_only(clinic, start, end)

    early, urgent = page(**look), page(**look)
    choose_therapist(early)
    wait(early, "Erik Early", 11, "erik@example.org", start)
    settle(early)
    early.get_by_role("button", name="Put me on the list").click()
    assert "You are on the waiting list" in early.locator("h1").inner_text()
    settle(early)
    shot(early, f"desk-place-{width}-{theme}", whole=True)

    check_symptoms(urgent, SWOLLEN)
    urgent.get_by_role("button", name="Choose a time myself").click()
    urgent.get_by_role("button", name=re.compile("Treatment")).click()
    urgent.locator("label:has(input[name=therapist])").nth(1).click()
    urgent.get_by_role("button", name="Show free times").click()
    wait(urgent, "Ulla Urgent", 12, "ulla@example.org", start)
    urgent.locator("details label:has(input[name=consent])").click()
    settle(urgent)
    urgent.get_by_role("button", name="Put me on the list").click()
    assert urgent.get_by_role("heading", name="Your symptom check goes with it").is_visible()
    settle(urgent)

    desk = page(**look)
    sign_in(desk, clinic.link("desk"))
    desk.goto("/diary/waiting")
    rows = desk.locator("main tbody tr").all_inner_texts()
    ulla, = [number for number, row in enumerate(rows) if "Ulla Urgent" in row]
    erik, = [number for number, row in enumerate(rows) if "Erik Early" in row]
    assert ulla < erik, f"who needs it most does not come first: {rows}"
    assert "From their symptom check" in rows[ulla] and "Not known" in rows[erik], rows
    desk.get_by_text("Whose turn it is, and why").click()
    settle(desk)
    shot(desk, f"desk-waiting-{width}-{theme}", whole=True)

    # Somebody cancels: the one who needs it most is asked, though she came last.
    owner.get_by_role("button", name="Cancel it").click()
    offer = letter(box, "ulla@example.org", "free")
    assert not [each for each in letters(box) if each["To"] == "erik@example.org"], "both were asked"
    urgent.goto(link_in(offer, clinic))
    settle(urgent)
    shot(urgent, f"desk-offer-{width}-{theme}", whole=True)
    urgent.get_by_role("button", name="I do not want this time").click()
    assert "You do not take" in urgent.locator("h1").inner_text()
    settle(urgent)

    # Then the next, whose time runs out; it is offered to nobody a second time.
    letter(box, "erik@example.org", "free")
    with database(clinic) as open_:
        past = "2026-01-01T00:00:00.000Z"
        open_.execute("UPDATE appointment SET held_until = ? WHERE status = 'held'", [past])
        open_.execute("UPDATE appointment_claim SET held_until = ? WHERE held_until IS NOT NULL", [past])
    until(lambda: statuses(clinic)["Erik Early"] == "waiting", "the offer ran out")
    desk.goto(f"/diary?day={start:%Y-%m-%d}")
    desk.locator("summary").filter(has_text="do not take place").click()
    gone = desk.locator("details li").all_inner_texts()
    assert any("Erik Early" in line and "Offered, ran out" in line for line in gone), gone
    assert any("Ulla Urgent" in line and "Offered, not wanted" in line for line in gone), gone
    settle(desk)

    # A caller is put on the list by the desk, and takes the time on the telephone.
    desk.goto("/diary/waiting/new")
    settle(desk)
    shot(desk, f"desk-waiting-new-{width}-{theme}", whole=True)
    desk.get_by_label("Name", exact=True).fill("Carl Call")
    desk.get_by_label("Phone").fill("555 010 9913")
    desk.get_by_label("What").select_option(label="Treatment")
    desk.get_by_label("At the latest on").fill(f"{start:%Y-%m-%d}")
    desk.get_by_role("button", name="Put them on the list").click()
    row = desk.locator("main tbody tr").filter(has_text="Carl Call")
    assert "Kept for them" in row.inner_text()
    settle(desk)
    row.get_by_role("button", name="They come").click()
    assert "Booked" in desk.get_by_role("status").inner_text()
    desk.goto(f"/diary?day={start:%Y-%m-%d}")
    assert desk.locator("a.entry").filter(has_text="Carl Call").count() == 1


def statuses(clinic):
    with database(clinic) as open_:
        return dict(open_.execute("SELECT visitor_name, status FROM waiting").fetchall())


def test_the_second_takes_by_the_link_what_the_first_did_not_want(mailed, page):
    clinic, box = mailed
    owner = page(at=clinic)
    book(owner)
    _, event = download(owner, clinic)
    start, end = event["DTSTART"].dt, event["DTEND"].dt
    leave_only(clinic, start, end)
    first, second = page(at=clinic), page(at=clinic)
    for number, (window, name) in enumerate([(first, "Fred"), (second, "Sara")], start=21):
        choose_therapist(window)
        wait(window, name, number, f"{name.lower()}@example.org", start)
        window.get_by_role("button", name="Put me on the list").click()
    place = second.url
    owner.get_by_role("button", name="Cancel it").click()
    first.goto(link_in(letter(box, "fred@example.org", "free"), clinic))
    first.get_by_role("button", name="I do not want this time").click()
    second.goto(link_in(letter(box, "sara@example.org", "free"), clinic))
    assert second.get_by_label("Name").input_value() == "Sara", "she must type again what the clinic knows"
    second.get_by_role("button", name="Book it").click()
    assert "Booked" in second.get_by_role("status").inner_text()
    _, taken = download(second, clinic)
    assert taken["DTSTART"].dt == start
    mailed_file, = letter(box, "sara@example.org", "booked|appointment").iter_attachments()
    assert event_in(mailed_file.get_content())[1]["UID"] == taken["UID"]
    second.goto(place)
    assert "You have an appointment" in second.locator("h1").inner_text()


# ---- A morning at the desk, by keyboard alone ----


def focused(window):
    return window.evaluate("document.activeElement.outerHTML.slice(0, 160)")


def tab_to(window, target, most=400):
    """Tab, and nothing else, until it has the focus; and the focus can be seen."""
    handle = target.element_handle()
    for _ in range(most):
        window.keyboard.press("Tab")
        if window.evaluate("element => element === document.activeElement", handle):
            outline = window.evaluate(
                "() => { const s = getComputedStyle(document.activeElement); return s.outlineStyle + s.boxShadow }")
            assert outline != "nonenone", f"the focus cannot be seen on {focused(window)}"
            return
    raise AssertionError(f"Tab does not get to {target}; it stands at {focused(window)}")


def enter(window):
    """Presses Enter on a link or a button, and waits for the page it leads to."""
    with window.expect_navigation():
        window.keyboard.press("Enter")


def press(window, target):
    tab_to(window, target)
    enter(window)


def write(window, target, text):
    tab_to(window, target)
    window.keyboard.press("Control+A")
    window.keyboard.type(text)


def begun(clinic, name, minutes_ago, number):
    """A visitor's appointment that began some minutes ago, as the diary keeps one."""
    starts = (datetime.now(timezone.utc) - timedelta(minutes=minutes_ago)).replace(second=0, microsecond=0)
    stamps = [each.strftime("%Y-%m-%dT%H:%M:%S.000Z") for each in (starts, starts + timedelta(minutes=30))]
    with database(clinic) as open_:
        therapist, = open_.execute(
            "SELECT id FROM person WHERE role = 'therapist' ORDER BY name LIMIT 1").fetchone()
        open_.execute(
            """
            INSERT INTO appointment (id, version, status, service, therapist, place, starts_at, ends_at,
                busy_until, zone, wall, patient, visitor_name, visitor_phone, visitor_email, phone_key,
                email_key, language, request, series, held_until, uid, sequence, cancel_reason, created_by,
                created_at, changed_at)
            VALUES (?, 1, 'booked', 'treatment', ?, NULL, ?, ?, ?, 'America/New_York', ?, NULL, ?, '555-0101',
                NULL, '5550101', NULL, 'en', NULL, NULL, NULL, ?, 0, NULL, 'visitor', ?, ?)
            """,
            [f"{number:032x}", therapist, stamps[0], stamps[1], stamps[1],
             starts.astimezone(ZONE).strftime("%Y-%m-%dT%H:%M"), name, f"{number:032x}", stamps[0], stamps[0]])
    return starts.astimezone(ZONE)


def test_the_desk_runs_a_morning_by_keyboard_alone(own_clinic, page, sign_in, shot):
    # Soon after midnight one of them was still yesterday's.
    hanna, nora = begun(own_clinic, "Hanna Here", 20, 1), begun(own_clinic, "Nora Noshow", 60, 2)
    window = page(width=1280)
    sign_in(window, own_clinic.link("desk"))

    # Who has arrived is checked in, and later done; who did not come is marked so.
    for name, start, steps in [
            ("Hanna Here", hanna, ["Check in", "Done"]), ("Nora Noshow", nora, ["Did not come"])]:
        window.goto(f"/diary?day={start:%Y-%m-%d}")
        settle(window)
        press(window, window.locator("a.entry").filter(has_text=name))
        settle(window)
        for step in steps:
            press(window, window.get_by_role("button", name=step, exact=True))
        said = window.locator("header .tag").inner_text()
        assert said == ("Done" if steps[-1] == "Done" else "Did not come"), said

    # Somebody calls and books: the next day on which somebody works, by the arrow keys to a free half hour.
    window.goto("/diary")
    for _ in range(8):
        press(window, window.get_by_role("link", name="Later"))
        if window.locator("a.free").count() > 6:
            break
    tab_to(window, window.locator("a.free").first)
    for key in ["ArrowDown", "ArrowDown", "ArrowUp"]:
        window.keyboard.press(key)
        assert "class=\"free\"" in focused(window) or "class=\"entry" in focused(window), focused(window)
    tab_to(window, window.locator("a.free").nth(2))
    enter(window)
    settle(window)
    write(window, window.get_by_label("Name", exact=True), "Tilda Telephone")
    write(window, window.get_by_label("Phone"), "555 010 4444")
    press(window, window.get_by_role("button", name="Book it"))
    assert "Booked" in window.get_by_role("status").inner_text()
    entry = window.locator("a.entry").filter(has_text="Tilda Telephone")
    assert entry.count() == 1
    shot(window, "desk-day-1280", whole=True)

    # Tilda calls again: another time, and then not at all.
    press(window, entry)
    before = window.locator("h1").inner_text()
    press(window, window.get_by_role("link", name="Choose another time"))
    settle(window)
    press(window, window.locator("button[name=starts]").nth(20))
    assert "Moved" in window.get_by_role("status").inner_text() and window.locator("h1").inner_text() != before
    write(window, window.get_by_label("Why"), "is well again")
    press(window, window.get_by_role("button", name="Cancel it"))
    assert window.locator("header .tag").inner_text() == "Cancelled"
    settle(window)

    # The week of all, one therapist's week, and back to the day.
    window.goto("/diary")
    press(window, window.get_by_role("link", name="Week", exact=True))
    settle(window)
    week = window.locator("h1").inner_text()
    shot(window, "desk-week-1280", whole=True)
    whose = window.get_by_role("navigation", name="Whose appointments")
    if whose.count():
        press(window, whose.get_by_role("link").last)
        settle(window)
        assert week.split(":")[0].split(" · ")[-1] in window.locator("h1").inner_text(), "the week was lost"
        shot(window, "desk-week-one-1280", whole=True)
    press(window, window.get_by_role("link", name="Day", exact=True))
    settle(window)


LOOKS = pytest.mark.parametrize(("width", "theme"), [(360, "light"), (360, "dark"), (1280, "light"), (1280, "dark")])


@LOOKS
def test_the_diary_of_several_therapists_can_be_used_by_everybody(own_clinic, page, sign_in, shot, width, theme):
    here = begun(own_clinic, "Hanna Here", 20, 1)
    with database(own_clinic) as open_:
        open_.executemany(
            "INSERT INTO person (id, role, name, name_key, email, language, created_at) "
            "VALUES (?, 'therapist', ?, ?, ?, 'en', '2026-01-01T00:00:00.000Z')",
            [(f"t{number}", name, name.lower(), f"t{number}@demo.invalid")
             for number, name in enumerate(["Bo Lund", "Ida Maria von der Au", "Jon Sand"])])
    window = page(width=width, theme=theme)
    sign_in(window, own_clinic.link("desk"))
    for path, named in [
            ("/diary", "day"), ("/diary?view=week", "week"), ("/diary?view=week&therapist=t1", "week-one"),
            ("/diary/agreed", "agreed"), ("/diary/hours", "hours"), ("/diary/new", "new")]:
        window.goto(f"{path}{'&' if '?' in path else '?'}day={here:%Y-%m-%d}")
        settle(window)
        shot(window, f"desk-{named}-{width}-{theme}", whole=True)
        if named == "week":
            assert window.locator("main tbody tr").count() >= 4
            assert "Hanna Here" in window.locator("main table").inner_text()
