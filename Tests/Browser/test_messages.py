# SPDX-License-Identifier: Apache-2.0
"""Messages as a mail system and a gateway receive them, from servers as a clinic runs them."""

import http.server
import json
import sqlite3
import threading
import time
import uuid
from datetime import datetime, timedelta, timezone
from email.header import decode_header, make_header
from zoneinfo import ZoneInfo

import icalendar
import pytest
from dateutil.rrule import rrulestr

from clinic import Clinic, copy_of
from mail import append, letters, mail_system, until

ZONE = ZoneInfo("America/New_York")


def stamp(instant):
    return instant.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.000Z")


def now():
    return datetime.now(timezone.utc)


def database(data):
    return sqlite3.connect(data / "soleus.sqlite", timeout=20)


def appointment(data, hours=48, mail="vera@example.org", phone="555-0101", status="booked", name="Vera Holm",
                sequence=0):
    """An appointment as the diary keeps one, at the next full hour that is so far away."""
    starts = (now() + timedelta(hours=hours)).replace(minute=0, second=0, microsecond=0)
    ends = starts + timedelta(minutes=45)
    key = uuid.uuid4().hex
    with database(data) as open_:
        therapist, = open_.execute("SELECT id FROM person WHERE role = 'therapist' LIMIT 1").fetchone()
        open_.execute(
            """
            INSERT INTO appointment (id, version, status, service, therapist, place, starts_at, ends_at,
                busy_until, zone, wall, patient, visitor_name, visitor_phone, visitor_email, phone_key,
                email_key, language, request, series, held_until, uid, sequence, cancel_reason, created_by,
                created_at, changed_at)
            VALUES (?, 1, ?, 'evaluation', ?, 'room-1', ?, ?, ?, 'America/New_York', ?, NULL, ?, ?, ?, NULL,
                NULL, 'en', NULL, NULL, NULL, ?, ?, NULL, 'visitor', ?, ?)
            """,
            [key, status, therapist, stamp(starts), stamp(ends), stamp(ends),
             starts.astimezone(ZONE).strftime("%Y-%m-%dT%H:%M"), name, phone, mail, key, sequence,
             stamp(now()), stamp(now())])
    return key, starts


def message(data, booking, kind="reminder", channel="email", due=None, expires=None):
    key, starts = booking
    mark = uuid.uuid4().hex
    with database(data) as open_:
        open_.execute(
            """
            INSERT INTO outbox_message (id, kind, channel, appointment, starts_at, recipient, language,
                due_at, expires_at, state, attempts, lease, lease_until, problem, subject, created_at,
                changed_at)
            VALUES (?, ?, ?, ?, ?, 'old@example.org', 'en', ?, ?, 'waiting', 0, NULL, NULL, NULL, NULL, ?, ?)
            """,
            [mark, kind, channel, key, stamp(starts), stamp(due or now() - timedelta(minutes=1)),
             stamp(expires or starts), stamp(now()), stamp(now())])
    return mark


def state(data, mark):
    with database(data) as open_:
        return open_.execute(
            "SELECT state, problem, attempts FROM outbox_message WHERE id = ?", [mark]).fetchone()


@pytest.fixture
def data(demo_data, tmp_path):
    return copy_of(demo_data, tmp_path / "data")


@pytest.fixture
def serve(data):
    """Starts a server of this clinic that looks for what is due every second; as many as are asked for."""
    running = []

    def start():
        running.append(Clinic(data, ("--chores", "1", "--public-url", "https://rehab.example.org")))
        return running[-1].start()

    yield start
    for clinic in running:
        clinic.stop()


@pytest.fixture
def mailbox(data, tmp_path):
    return mail_system(data, tmp_path)


def test_a_message_is_sent_once_by_one_of_two_servers(data, serve, mailbox):
    marks = [message(data, appointment(data, mail=f"v{number}@example.org")) for number in range(24)]
    serve(), serve()
    until(lambda: all(state(data, mark)[0] == "sent" for mark in marks), "all sent")
    # Longer than several looks of both servers.
    time.sleep(4)
    found = sorted(letter["To"] for letter in letters(mailbox))
    assert found == sorted(f"v{number}@example.org" for number in range(24))


def test_an_e_mail_is_proper_mime_with_a_calendar_that_another_library_reads(data, serve, mailbox):
    key, starts = booking = appointment(data)
    append_name(data, "Praxis Müller & Søn")
    mark = message(data, booking, kind="confirmation")
    serve()
    until(lambda: state(data, mark)[0] == "sent", "sent")
    letter, = letters(mailbox)
    assert letter["To"] == "vera@example.org" and "Praxis Müller & Søn" in letter["From"]
    assert str(make_header(decode_header(letter["Subject"]))).endswith("Praxis Müller & Søn")
    assert letter["Message-ID"].startswith(f"<{mark}@")
    text = letter.get_body(("plain",)).get_content()
    wall = starts.astimezone(ZONE)
    assert f"{wall:%A, %B} {wall.day}" in text
    assert f"{wall.hour % 12 or 12}:00 {'am' if wall.hour < 12 else 'pm'}" in text
    assert "https://rehab.example.org/book/manage/" in text and "973" in text
    for secret in ["Vera", "Holm", "calf", "valuation"]:
        assert secret not in text
    attachment, = letter.iter_attachments()
    assert attachment.get_content_type() == "text/calendar"
    calendar = icalendar.Calendar.from_ical(attachment.get_content())
    event, = calendar.walk("VEVENT")
    assert calendar["METHOD"] == "REQUEST"
    assert event["UID"] == f"{key}@soleus" and event["SEQUENCE"] == 0
    assert event.decoded("DTSTART").astimezone(timezone.utc) == starts
    assert event.decoded("DTEND") - event.decoded("DTSTART") == timedelta(minutes=45)
    assert str(event["ATTENDEE"]) == "mailto:vera@example.org"


def append_name(data, name):
    path = data / "clinic.yaml"
    path.write_text(path.read_text().replace("name: Clifton Physical Therapy", f'name: "{name}"'))


def test_a_cancelled_one_takes_itself_out_of_the_calendar(data, serve, mailbox):
    key, starts = booking = appointment(data, status="cancelled", sequence=2)
    mark = message(data, booking, kind="cancelled")
    serve()
    until(lambda: state(data, mark)[0] == "sent", "sent")
    attachment, = letters(mailbox)[0].iter_attachments()
    calendar = icalendar.Calendar.from_ical(attachment.get_content())
    event, = calendar.walk("VEVENT")
    assert calendar["METHOD"] == "CANCEL" and event["STATUS"] == "CANCELLED" and event["SEQUENCE"] == 2


@pytest.mark.parametrize("address", [
    "vera@example.org\nBcc: all@example.org", "-oQ/tmp/x@example.org", "a@b.org, c@d.org", "no address"])
def test_an_address_that_is_more_than_an_address_is_not_used(data, serve, mailbox, address):
    mark = message(data, appointment(data, mail=address))
    serve()
    until(lambda: state(data, mark)[0] == "failed", "failed")
    assert state(data, mark)[1] == "bad_address"
    assert list(mailbox.iterdir()) == []


def test_a_name_with_line_breaks_adds_no_header(data, serve, mailbox):
    append_name(data, "Clinic\\nBcc: all@example.org\\r\\n\\r\\nX")
    mark = message(data, appointment(data, name="Vera\nBcc: all@example.org"))
    serve()
    until(lambda: state(data, mark)[0] == "sent", "sent")
    letter, = letters(mailbox)
    assert letter["Bcc"] is None
    assert sorted(letter.keys()) == sorted([
        "From", "To", "Subject", "Date", "Message-ID", "MIME-Version", "Auto-Submitted", "Content-Type",
        "Content-Transfer-Encoding"])


@pytest.mark.parametrize(("ending", "expected"), [
    ("75", ("waiting", "not_now", 1)), ("1", ("waiting", "not_now", 1)), ("67", ("failed", "refused", 1))])
def test_what_the_mail_system_refuses_is_tried_again_or_left_to_the_desk(
        data, serve, mailbox, ending, expected):
    (mailbox / "ending").write_text(ending)
    mark = message(data, appointment(data))
    serve()
    until(lambda: state(data, mark)[1] is not None, "a try")
    assert state(data, mark) == expected
    assert letters(mailbox) == []


def test_a_program_that_is_not_there_costs_no_message(data, serve):
    append(data, "messages:\n  email: { from: desk@clinic.example, command: [/nowhere/sendmail, -t] }\n")
    mark = message(data, appointment(data))
    serve()
    until(lambda: state(data, mark)[1] == "unreachable", "a try")
    assert state(data, mark)[0] == "waiting"


def test_what_was_cancelled_is_not_sent(data, serve, mailbox):
    mark = message(data, appointment(data, status="cancelled"))
    other = message(data, appointment(data))
    serve()
    until(lambda: state(data, other)[0] == "sent", "sent")
    assert state(data, mark)[:2] == ("stopped", "outdated")
    assert len(letters(mailbox)) == 1


def test_without_a_way_to_send_everything_waits(data, serve):
    mark = message(data, appointment(data))
    clinic = serve()
    time.sleep(3)
    assert state(data, mark) == ("waiting", None, 0)
    assert clinic.get("/").status == 200


class Gateway:
    """A gateway for text messages, and a place where a calendar lies."""

    def __init__(self):
        self.asked, self.answers, self.calendar = [], [], (404, b"")
        owner = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                owner.asked.append((self.path, dict(self.headers), body))
                self.answer(owner.answers.pop(0) if owner.answers else 200, b"{}")

            def do_GET(self):
                owner.asked.append((self.path, dict(self.headers), b""))
                self.answer(*owner.calendar)

            def answer(self, status, body):
                self.send_response(status)
                if status == 302:
                    self.send_header("Location", "http://127.0.0.1:1/elsewhere")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                try:
                    self.wfile.write(body)
                except OSError:
                    pass

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture
def gateway():
    started = Gateway()
    yield started
    started.server.shutdown()
    started.server.server_close()


def texting(data, gateway, tmp_path):
    secret = tmp_path / "secret"
    secret.write_text('Bearer s3cr3t"\\x\n')
    append(
        data,
        "messages:\n  text:\n    url: " + gateway.url + "/send\n    header: Authorization\n    secret_file: "
        + str(secret) + "\n    fields: { to: number, text: words }\n    also: { from: Clinic }\n")


def test_a_text_goes_to_the_gateway_with_its_secret_and_two_fields(data, serve, gateway, tmp_path):
    texting(data, gateway, tmp_path)
    mark = message(data, appointment(data, phone="(973) 555-0101"), channel="text")
    serve()
    until(lambda: state(data, mark)[0] == "sent", "sent")
    (path, headers, body), = gateway.asked
    assert path == "/send" and headers["Authorization"] == 'Bearer s3cr3t"\\x'
    assert headers["Content-Type"] == "application/json" and headers["Idempotency-Key"] == mark
    said = json.loads(body)
    assert set(said) == {"from", "number", "words"} and said["number"] == "+19735550101"
    assert "https://rehab.example.org/book/manage/" in said["words"] and "Vera" not in said["words"]


@pytest.mark.parametrize(("answer", "expected"), [
    (503, ("waiting", "not_now", 1)), (429, ("waiting", "not_now", 1)), (400, ("failed", "refused", 1)),
    (302, ("failed", "refused", 1))])
def test_what_the_gateway_answers_decides(data, serve, gateway, tmp_path, answer, expected):
    texting(data, gateway, tmp_path)
    gateway.answers = [answer]
    mark = message(data, appointment(data), channel="text")
    serve()
    until(lambda: state(data, mark)[1] is not None, "a try")
    assert state(data, mark) == expected
    assert len(gateway.asked) == 1, "a redirect was followed"


def calendar_of(lines):
    return ("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//EN\r\nBEGIN:VEVENT\r\nUID:x\r\n" + lines
            + "\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n").encode()


def busy(data):
    with database(data) as open_:
        return open_.execute(
            "SELECT starts_at, ends_at, therapist FROM diary_change WHERE kind = 'busy' ORDER BY starts_at"
        ).fetchall()


def standing(data):
    with database(data) as open_:
        return open_.execute("SELECT problem, read_at, events FROM calendar_import").fetchone()


def again(data):
    with database(data) as open_:
        open_.execute("UPDATE calendar_import SET next_at = ?", [stamp(now() - timedelta(seconds=1))])


def therapist(data):
    with database(data) as open_:
        return open_.execute("SELECT id, email FROM person WHERE role = 'therapist' LIMIT 1").fetchone()


def test_a_calendar_elsewhere_makes_its_therapist_busy_and_keeps_so_when_it_fails(data, serve, gateway):
    who, mail = therapist(data)
    append(data, f"calendars:\n  - {{ therapist: {mail}, url: \"{gateway.url}/tess.ics\" }}\n")
    tomorrow = (now() + timedelta(days=1)).replace(hour=15, minute=0, second=0, microsecond=0)
    gateway.calendar = (200, calendar_of(
        f"DTSTART:{tomorrow:%Y%m%dT%H%M%SZ}\r\nDURATION:PT1H\r\nRRULE:FREQ=WEEKLY;COUNT=3"))
    serve()
    until(lambda: standing(data) and standing(data)[1], "read")
    expected = [(stamp(tomorrow + timedelta(weeks=week)), stamp(tomorrow + timedelta(weeks=week, hours=1)), who)
                for week in range(3)]
    assert busy(data) == expected
    for answer, problem in [
            ((200, b"<html>sign in</html>"), "not_a_calendar"), ((500, b""), "refused"), ((302, b""), "refused"),
            ((200, b"x" * (6 * 1024 * 1024)), "too_large")]:
        gateway.calendar = answer
        again(data)
        until(lambda: standing(data)[0] == problem, problem)
        assert busy(data) == expected, problem
    gateway.calendar = (200, calendar_of(
        f"DTSTART:{tomorrow:%Y%m%dT%H%M%SZ}\r\nDURATION:PT2H\r\nSTATUS:CONFIRMED"))
    again(data)
    until(lambda: standing(data)[0] is None, "read again")
    assert busy(data) == [(stamp(tomorrow), stamp(tomorrow + timedelta(hours=2)), who)]


# A start on the rule, and the rule; by months, years and positions, with every kind of end.
RULES = [
    ("20250105", "FREQ=MONTHLY"), ("20250131", "FREQ=MONTHLY"), ("20250131", "FREQ=MONTHLY;BYMONTHDAY=-1"),
    ("20250103", "FREQ=MONTHLY;BYMONTHDAY=3,17,-2"), ("20250115", "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=15,30"),
    ("20250113", "FREQ=MONTHLY;BYDAY=2MO"), ("20250131", "FREQ=MONTHLY;BYDAY=-1FR;INTERVAL=2"),
    ("20250101", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1"),
    ("20250131", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1"), ("20250613", "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13"),
    ("20250106", "FREQ=MONTHLY;BYDAY=MO,WE"), ("20250105", "FREQ=MONTHLY;COUNT=30"),
    ("20250107", "FREQ=MONTHLY;BYDAY=1TU,3TU;COUNT=40"), ("20251127", "FREQ=YEARLY;BYMONTH=11;BYDAY=4TH"),
    ("20241210", "FREQ=YEARLY"), ("20240229", "FREQ=YEARLY"), ("20241225", "FREQ=YEARLY;INTERVAL=2"),
    ("20250101", "FREQ=YEARLY;BYMONTH=1,4,7,10"), ("20250103", "FREQ=YEARLY;BYMONTHDAY=3"),
    ("20250105", "FREQ=YEARLY;BYDAY=1SU,-1SU"), ("20250310", "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=10,20;BYDAY=MO,TH"),
    ("20250526", "FREQ=YEARLY;BYMONTH=5;BYDAY=-1MO"), ("20250401", "FREQ=YEARLY;BYMONTH=4;BYDAY=TU"),
    ("20250105", "FREQ=DAILY;INTERVAL=9"), ("20250106", "FREQ=WEEKLY;INTERVAL=3;BYDAY=MO,SU;WKST=SU"),
]


def test_rules_of_other_calendars_are_expanded_as_another_library_expands_them(data, serve, gateway):
    _, mail = therapist(data)
    append(data, f"calendars:\n  - {{ therapist: {mail}, url: \"{gateway.url}/tess.ics\" }}\n")
    # Each rule at minutes of its own, so that no two are joined; every second one with an end in the window.
    events, expected = [], set()
    first, last = now() - timedelta(days=1), now() + timedelta(days=399)
    for number, (start, rule) in enumerate(RULES):
        begins = datetime.strptime(start, "%Y%m%d") + timedelta(hours=6, minutes=20 * number)
        if number % 2 and "COUNT" not in rule:
            rule += f";UNTIL={now() + timedelta(days=200):%Y%m%dT%H%M%SZ}"
        taken = list(rrulestr(rule, dtstart=begins.replace(tzinfo=timezone.utc)).between(first, last, inc=True))
        assert begins.replace(tzinfo=timezone.utc) == next(iter(
            rrulestr(rule, dtstart=begins.replace(tzinfo=timezone.utc)))), f"{start} is not on {rule}"
        lines = f"UID:{number}\r\nDTSTART:{begins:%Y%m%dT%H%M%SZ}\r\nDURATION:PT10M\r\nRRULE:{rule}"
        if taken:
            lines += f"\r\nEXDATE:{taken.pop():%Y%m%dT%H%M%SZ}"
        events.append(f"BEGIN:VEVENT\r\n{lines}\r\nEND:VEVENT\r\n")
        expected |= {(stamp(when), rule) for when in taken if now() < when < now() + timedelta(days=398)}
    gateway.calendar = (200, f"BEGIN:VCALENDAR\r\n{''.join(events)}END:VCALENDAR\r\n".encode())
    clinic = serve()
    until(lambda: standing(data) and standing(data)[1], "read")
    found = {when for when, _, _ in busy(data) if stamp(now()) < when < stamp(now() + timedelta(days=398))}
    known = dict(expected)
    assert found - set(known) == set(), "blocked, and by no rule"
    missing = set(known) - found
    assert not missing, f"free, although a rule takes it: {[(when, known[when]) for when in sorted(missing)]}"
    assert len(expected) > 200
    assert clinic.get("/").status == 200


def test_a_rule_that_is_not_understood_blocks_every_day_and_the_admin_is_told(
        data, serve, gateway, page, sign_in):
    _, mail = therapist(data)
    append(data, f"calendars:\n  - {{ therapist: {mail}, url: \"{gateway.url}/tess.ics\" }}\n")
    tomorrow = (now() + timedelta(days=1)).replace(hour=15, minute=0, second=0, microsecond=0)
    gateway.calendar = (200, calendar_of(
        f"DTSTART:{tomorrow:%Y%m%dT%H%M%SZ}\r\nDURATION:PT1H\r\nRRULE:FREQ=YEARLY;BYWEEKNO=20"))
    clinic = serve()
    until(lambda: standing(data) and standing(data)[1], "read")
    taken = {when for when, _, _ in busy(data)}
    assert all(stamp(tomorrow + timedelta(days=days)) in taken for days in range(300))
    window = page(at=clinic, width=1280)
    sign_in(window, clinic.link("admin"))
    window.goto("/feeds")
    assert window.get_by_text("could not be read exactly").is_visible()


def test_a_calendar_taken_out_of_the_file_frees_its_times(data, serve, gateway):
    _, mail = therapist(data)
    before = (data / "clinic.yaml").read_text()
    append(data, f"calendars:\n  - {{ therapist: {mail}, url: \"{gateway.url}/tess.ics\" }}\n")
    tomorrow = now() + timedelta(days=1)
    gateway.calendar = (200, calendar_of(f"DTSTART:{tomorrow:%Y%m%dT%H%M%SZ}\r\nDURATION:PT1H"))
    first = Clinic(data, ("--chores", "1")).start()
    until(lambda: busy(data), "read")
    first.stop()
    (data / "clinic.yaml").write_text(before)
    serve()
    until(lambda: not busy(data) and standing(data) is None, "forgotten")


def feed(clinic, page, sign_in, role):
    window = page(at=clinic)
    sign_in(window, clinic.link(role))
    window.goto("/calendar")
    window.get_by_role("button", name="Make a private address").click()
    address = window.get_by_label("Private address").input_value()
    return window, "/" + address.split("/", 3)[3]


def test_a_feed_is_read_by_another_library_with_every_zone_change(data, page, sign_in, axe, no_sideways_scroll):
    bookings = [appointment(data, hours=24 * days + 1, name="Vera Holm") for days in range(1, 200, 7)]
    clinic = Clinic(data).start()
    with database(data) as open_:
        owner, = open_.execute("SELECT therapist FROM appointment LIMIT 1").fetchone()
        name, = open_.execute("SELECT name FROM person WHERE id = ?", [owner]).fetchone()
    window, path = feed(clinic, page, sign_in, name)
    axe(window)
    no_sideways_scroll(window)
    answer = clinic.get(path)
    assert answer.status == 200 and answer.headers["content-type"].startswith("text/calendar")
    calendar = icalendar.Calendar.from_ical(answer.body)
    events = {str(event["UID"]): event for event in calendar.walk("VEVENT")}
    zones = {zone["TZID"]: zone.to_tz() for zone in calendar.walk("VTIMEZONE")}
    for key, starts in bookings:
        event = events[f"{key}@soleus"]
        start = event["DTSTART"]
        # By the file's own description of the zone, not by what this machine knows of it.
        wall = start.dt.replace(tzinfo=None)
        assert zones[start.params["TZID"]].utcoffset(wall) == starts.astimezone(ZONE).utcoffset()
        assert wall == starts.astimezone(ZONE).replace(tzinfo=None)
        assert event["SUMMARY"] == "Physical therapy, V. H."
    assert "Holm" not in answer.body
    window.get_by_role("button", name="End the address").click()
    assert clinic.get(path).status == 404
    clinic.stop()


@pytest.mark.parametrize(("width", "theme"), [(360, "light"), (1280, "dark")])
def test_the_desk_sees_and_stops_a_message(data, page, sign_in, axe, no_sideways_scroll, shot, width, theme):
    waits = message(data, appointment(data), due=now() + timedelta(hours=5))
    fails = message(data, appointment(data, name="Nils Berg"), due=now() + timedelta(hours=5))
    with database(data) as open_:
        open_.execute(
            "UPDATE outbox_message SET state = 'failed', problem = 'refused', attempts = 1 WHERE id = ?",
            [fails])
    clinic = Clinic(data).start()
    window = page(width=width, theme=theme, at=clinic)
    sign_in(window, clinic.link("desk"))
    window.goto("/outbox")
    assert window.get_by_text("No e-mail is sent").is_visible()
    axe(window)
    no_sideways_scroll(window)
    shot(window, f"outbox-{width}-{theme}", whole=True)
    window.get_by_role("button", name="Stop – Vera Holm").click()
    assert window.get_by_text("Stopped. It will not be sent.").is_visible()
    window.get_by_role("button", name="Send again – Nils Berg").click()
    assert state(data, waits)[:2] == ("stopped", "by_desk") and state(data, fails)[0] == "waiting"
    window.goto("/feeds")
    axe(window)
    no_sideways_scroll(window)
    clinic.stop()
