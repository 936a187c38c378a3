# SPDX-License-Identifier: Apache-2.0
"""The calf lab in a real browser: a phone plays movements, the page measures them hands-free."""

import base64
import csv
import gzip
import io

import pytest
from phone import G, STILL, UPRIGHT, Phone, raises
from replay import Replay

SIZES = pytest.mark.parametrize(("width", "theme"), [(360, "light"), (360, "dark"), (1280, "light"), (1280, "dark")])
# In phase 2: one-leg raises, no hops. In phase 0 or held: see the tests that say so.
PATIENT = "Demo, Alma"

_WAITING = """() => new Promise((resolve, reject) => {
    const request = indexedDB.open('soleus-lab', 1)
    request.onerror = () => reject(request.error)
    request.onsuccess = () => {
        const all = request.result.transaction('trials').objectStore('trials').getAll()
        all.onsuccess = () => resolve(all.result.map(trial => ({
            ...trial, bytes: btoa(String.fromCharCode(...trial.bytes)) })))
    }
})"""


@pytest.fixture
def at_lab(page, sign_in, request):
    """Opens a test of the lab as the patient, with a phone's sensors or without."""

    def open_lab(path, sensors=True, who=PATIENT, before=lambda phone: None, **look):
        name = "own_clinic" if "own_clinic" in request.fixturenames else "clinic"
        clinic = request.getfixturevalue(name)
        window = page(**look)
        sign_in(window, clinic.link(who))
        phone = Phone(window, sensors=sensors)
        before(phone)
        window.goto(path)
        return window, phone

    return open_lab


@pytest.fixture
def at_replay(page, sign_in, request):
    """Opens a test of the lab with a phone whose time is the recording's own: nothing runs in real time."""

    def open_lab(path, who=PATIENT, **phone):
        name = "own_clinic" if "own_clinic" in request.fixturenames else "clinic"
        window = page()
        replay = Replay(window, **phone)
        sign_in(window, request.getfixturevalue(name).link(who))
        window.goto(path)
        window.locator("#start").wait_for()
        replay.stop_the_clock()
        return window, replay

    return open_lab


def start(window, phone, acc=UPRIGHT):
    """The tap on Start, the strapping on, the still pose and the countdown."""
    window.locator("#start").click()
    phone.shake(1, acc=acc)
    phone.rest(2.4, acc=acc)
    window.locator("#finish").wait_for()


def kept(window):
    """The trials that wait on the phone, with their tables."""
    trials = window.evaluate(_WAITING)
    for trial in trials:
        text = gzip.decompress(base64.b64decode(trial["bytes"])).decode()
        trial["rows"] = list(csv.DictReader(io.StringIO(text)))
    return trials


def save_offline(window):
    window.context.set_offline(True)
    window.locator("#save").click()
    window.locator("#sending", has_text="Kept on this phone").wait_for()
    return kept(window)


def test_a_test_runs_hands_free(clinic, at_replay):
    """One tap; then the still pose starts it, the beat leads it, and three quiet seconds end it."""
    window, phone = at_replay("/lab/heel-raise?task=double")
    window.locator('label:has(input[name="placement"][value="waist"])').click()
    phone.start()
    phone.play(raises(3))
    assert window.locator("#line").text_content() in ("Up", "Down")
    phone.finish()
    assert window.locator("#outcome-title").text_content() == "3 heel raises"
    assert "60 values a second" in window.locator("#outcome-facts").text_content()
    assert window.locator("#outcome-gaps").text_content() == "Nothing is missing."


def test_the_recording_is_what_the_phone_felt(clinic, at_lab):
    window, phone = at_lab("/lab/ankle?task=pumps")
    start(window, phone)
    phone.play([(0, [1.0, 9.0, 2.0], [10, 20, 30]), (0.5, [1.0, 9.0, 2.0], [10, 20, 30])])
    phone.rest(0.2)
    window.locator("#finish").click()
    trial = save_offline(window)[0]
    rows = trial["rows"]
    assert list(rows[0]) == ["t_s", "acc_x", "acc_y", "acc_z", "gyr_x", "gyr_y", "gyr_z"]
    felt = [row for row in rows if row["gyr_z"] == "30"]
    assert len(felt) > 20, "half a second of turning is not in the recording"
    row = felt[len(felt) // 2]
    assert [row[name] for name in list(row)[1:]] == ["1", "9", "2", "10", "20", "30"]
    times = [float(row["t_s"]) for row in rows]
    assert times[0] == 0 and times == sorted(set(times))
    # The still pose before the countdown belongs to it: the analysis takes the sensor's rest from there.
    still = [row for row in rows if float(row["t_s"]) < 1.5]
    assert all(row["acc_y"] == "9.8" for row in still)
    assert trial["fields"]["side"] == "right" and trial["fields"]["placement"] == "foot"


@pytest.mark.parametrize("sign", [-1, 1])
def test_an_iphones_sign_is_measured_and_not_guessed(clinic, at_replay, sign):
    """The same movement with the other sign, nothing rounded: the same recording and the same count."""
    window, phone = at_replay("/lab/heel-raise?task=double", sign=sign, rounding=0)
    window.locator('label:has(input[name="placement"][value="waist"])').click()
    phone.start([(index / 60, [0.0, G + 0.001 * (index % 2), 0.0], STILL) for index in range(60)])
    phone.play(raises(4))
    phone.finish()
    assert window.locator("#outcome-title").text_content() == "4 heel raises"
    trial = save_offline(window)[0]
    assert trial["fields"]["sign"] == f"{sign} orientation"
    assert trial["fields"]["rounded"] == "no"
    # The first is the last of the strapping on.
    still = [float(row["acc_y"]) for row in trial["rows"][1:60]]
    assert all(9.8 < value < 9.82 for value in still), still


@pytest.mark.parametrize("answer", ["denied", "prompt"])
def test_denied_sensors_are_said_with_what_to_do(clinic, at_lab, axe, answer):
    window, _ = at_lab("/lab/heel-raise?task=double", before=lambda phone: phone.deny(answer))
    window.locator("#start").click()
    window.get_by_role("heading", name="The page may not use the motion sensors").wait_for()
    assert 'answer "Allow"' in window.locator("#trouble-text").text_content()
    axe(window)


def test_a_computer_has_no_sensors(clinic, at_lab):
    window, _ = at_lab("/lab/heel-raise?task=double", sensors=False, width=1280)
    window.locator("#start").click()
    window.locator("#trouble").wait_for()
    title = window.locator("#trouble-title").text_content()
    assert title in ("This device has no motion sensor", "The motion sensors say nothing")
    assert window.locator("#trouble").get_by_role("link", name="by hand").is_visible()


@pytest.mark.parametrize(("how", "title"), [
    ("lock", "The screen went off, so a part is missing"),
    ("sleep", "The phone stopped measuring"),
])
def test_a_phone_that_slept_says_that_a_part_is_missing(clinic, at_lab, axe, how, title):
    window, phone = at_lab("/lab/heel-raise?task=double")
    start(window, phone)
    phone.play(raises(1))
    phone.lock() if how == "lock" else phone.sleep(1.5)
    window.locator("#trouble").wait_for()
    assert window.locator("#trouble-title").text_content().startswith(title)
    axe(window)
    window.locator("#trouble-again").click()
    assert window.locator("#start").is_visible()


def test_a_short_gap_is_counted_and_said(clinic, at_lab):
    window, phone = at_lab("/lab/heel-raise?task=double")
    start(window, phone)
    phone.play(raises(1))
    phone.sleep(0.4)
    phone.play(raises(1))
    window.locator("#finish").click()
    window.locator("#outcome").wait_for()
    assert "left a gap of 0." in window.locator("#outcome-gaps").text_content()


def test_a_phone_that_does_not_move_with_the_leg_is_said(clinic, at_lab):
    window, phone = at_lab("/lab/heel-raise?task=double")
    start(window, phone)
    phone.rest(8.5)
    window.locator("#hint", has_text="The phone does not move").wait_for()
    phone.play(raises(1))
    window.locator("#hint").wait_for(state="hidden")


def test_a_phone_across_the_shin_is_said(clinic, at_lab):
    window, phone = at_lab("/lab/ankle?task=lunge")
    phone.feel((G, 0, 0), STILL)
    window.locator("#start").click()
    phone.shake(1, acc=(G, 0, 0))
    phone.rest(2.4, acc=(G, 0, 0))
    window.locator("#hint", has_text="The phone does not stand upright").wait_for()


def test_cues_come_at_their_instant(clinic, at_lab):
    """Somebody who answers each cue 300 ms after it showed, felt by the phone as a finger is."""
    window, phone = at_lab("/lab/turn?task=reaction")
    window.locator("label:has(input[value=light])").click()
    window.locator("#start").click()
    window.locator("#tap").wait_for()
    phone.rest(0.6)
    for _ in range(5):
        window.locator("#tap").dispatch_event("pointerdown")
        phone.feel((0, G + 3, 0), STILL)
        phone.rest(0.1, acc=(0, G + 3, 0))
        phone.rest(0.6)
    phone.shake(1)
    phone.rest(2.4)
    window.locator("#finish").wait_for()
    for _ in range(3):
        window.locator("#stage.cue").wait_for()
        phone.rest(0.3)
        phone.rest(0.1, acc=(2, G + 3, 0))
        phone.rest(0.4)
    window.locator("#finish").click()
    trial = save_offline(window)[0]
    assert 0 <= float(trial["fields"]["delay"]) < 0.1
    assert [mark.split(":")[0] for mark in trial["fields"]["marks"].split()] == ["light"] * 3


def test_without_scripts_values_are_entered_by_hand(clinic, page, sign_in, axe):
    window = page(javascript=False)
    sign_in(window, clinic.link(PATIENT))
    window.goto("/lab/heel-raise")
    assert "The phone can measure only with scripts turned on" in window.locator("main").inner_text()
    assert not window.locator("#start").is_visible()
    window.get_by_role("link", name="by hand").first.click()
    assert window.url.endswith("/measure")


def test_hops_wait_for_the_plan(clinic, page, sign_in, axe):
    """The plan is the gate: without a hop in it the test says so, and there is nothing to start."""
    window = page()
    sign_in(window, clinic.link(PATIENT))
    window.goto("/lab/hop")
    assert window.get_by_text("Your plan does not hold hops yet").is_visible()
    assert window.locator("#start").count() == 0
    axe(window)


@SIZES
def test_every_page_of_the_lab_is_for_everybody(clinic, page, sign_in, axe, no_sideways_scroll, width, theme):
    window = page(width=width, theme=theme)
    sign_in(window, clinic.link(PATIENT))
    for path in ("/lab", "/lab/heel-raise", "/lab/ankle", "/lab/balance", "/lab/turn", "/lab/walk"):
        window.goto(path)
        axe(window)
        no_sideways_scroll(window)
        assert window.locator("h1").count() == 1


@SIZES
def test_every_moment_of_a_test_is_for_everybody(clinic, at_lab, axe, no_sideways_scroll, shot, width, theme):
    window, phone = at_lab("/lab/heel-raise?task=single", width=width, theme=theme)
    window.locator("#start").click()
    phone.shake(1)
    axe(window)
    phone.rest(2.4)
    window.locator("#finish").wait_for()
    shot(window, f"lab-stage-{width}-{theme}")
    axe(window)
    no_sideways_scroll(window)
    window.locator("#finish").click()
    window.locator("#outcome").wait_for()
    axe(window)
    no_sideways_scroll(window)


def test_an_open_connection_is_said_to_be_the_reason(clinic, launch, sign_in, axe):
    """Over plain http a phone's sensors are silent; the page says so before anybody straps one on."""
    browser = launch("--host-resolver-rules=MAP clinic.test 127.0.0.1")
    context = browser.new_context(viewport={"width": 360, "height": 740})
    window = context.new_page()
    sign_in(window, clinic.link(PATIENT))
    # A form sent over an open connection is refused, so the session is taken along.
    context.add_cookies([{**cookie, "domain": "clinic.test"} for cookie in context.cookies()])
    window.goto(clinic.url.replace("127.0.0.1", "clinic.test") + "/lab/heel-raise?task=double")
    assert not window.evaluate("isSecureContext")
    assert window.locator("#trouble-title").text_content() == "This connection is why nothing moves"
    assert "https" in window.locator("#trouble-text").text_content()
    assert not window.locator("#start").is_visible()
    axe(window)
