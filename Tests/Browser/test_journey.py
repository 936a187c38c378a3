# SPDX-License-Identifier: Apache-2.0
"""One torn calf, from the first symptom to a signed phase, as the people in it do it."""

import re

import pytest
import sight

from visitor import answer, check_symptoms, pick, press, settle

WIDTHS = pytest.mark.parametrize(("width", "theme"), [(360, "light"), (1280, "dark")])

PERSON = "Berg, Tom"
PHONE = "(555) 010-3001"

EXAMINED = {
    "girth_left": "37.5", "girth_right": "37", "single_heel_raise_left": "0", "single_heel_raise_right": "24",
    "bent_knee_heel_raise_left": "2", "bent_knee_heel_raise_right": "22", "knee_to_wall_left": "6",
    "knee_to_wall_right": "10", "plantarflexion_strength_left": "3", "plantarflexion_strength_right": "5",
    "spot_tender_cm": "4",
}
CHECK_IN = {
    "pain_rest": "1", "pain_worst_24h": "2", "pain_morning_change": "0", "swelling": "local",
    "swelling_trend": "better", "four_steps": "limping", "limp": "yes", "stand_both_feet": "yes",
    "red_tender_cord": "none",
}
# Somebody in a late phase whose leg answered well; a limp there would rest the leg for two days.
WELL = CHECK_IN | {"swelling": "none", "swelling_trend": "same", "four_steps": "yes", "limp": "no"}


def open_as(page, sign_in, clinic, who, path, **look):
    window = page(**look)
    sign_in(window, clinic.link(who))
    window.goto(path)
    return window


def save_check(window, answers=CHECK_IN, red_flag=None):
    window.goto("/check-in")
    answer(window, answers)
    if red_flag:
        pick(window, "red_flags", red_flag)
    pick(window, "rest", "no")
    press(window, "Save the check")
    window.wait_for_url("**/today*")


def tapped(window):
    """The exercises of Today that one tap logs."""
    return window.locator('main section.card:has(form[action="/today/log"])')


def log_as_planned(window):
    """Logs the first exercise of Today with one tap; gives its card."""
    card_id = tapped(window).first.get_attribute("id")
    press(window, "Done as planned", f'[id="{card_id}"]')
    return window.locator(f'[id="{card_id}"]')


def row_of(window, name):
    return window.locator("main tbody tr").filter(has_text=name)


def chart_of(window, name):
    window.goto("/board?show=all")
    row_of(window, name).get_by_role("link", name=name, exact=True).click()
    return window.url.split("#")[0]


@WIDTHS
def test_from_the_first_symptom_to_a_signed_phase(
        own_clinic, page, sign_in, no_console_errors, shot, width, theme):
    look = {"width": width, "theme": theme}

    # A visitor: the check, the result, the request.
    visitor = page(**look)
    pages = check_symptoms(visitor)
    settle(visitor)
    assert 15 <= pages <= 25, f"{pages} pages"
    shot(visitor, f"journey-result-{width}", whole=True)
    result = visitor.locator("main")
    assert result.locator('section a[href^="tel:"]').first.is_visible()
    assert not result.locator('a[href="tel:911"]').count(), result.inner_text()
    assert "diagnosis" in result.inner_text() or "examined" in result.inner_text()
    reasons = result.locator("section.card").filter(has=visitor.get_by_role("heading", name="Why", exact=True))
    assert reasons.count() and "Source:" in reasons.inner_text(), result.inner_text()
    result.locator("#name").fill(PERSON)
    result.locator("#phone").fill(PHONE)
    visitor.locator('label:has(input[name=consent])').click()
    visitor.locator('form[action="/check/request"] button').click()
    settle(visitor)
    assert visitor.locator("main section.success h1").is_visible()

    # The therapist: takes the request, makes a patient of it.
    therapist = page(**look)
    sign_in(therapist, own_clinic.links["therapist"])
    settle(therapist)
    therapist.goto("/board")
    settle(therapist)
    line = row_of(therapist, PERSON)
    assert "Request" in line.inner_text()
    line.get_by_role("link", name=re.compile("^Take")).click()
    settle(therapist)
    row_of(therapist, PERSON).get_by_role("button", name=re.compile("^Take")).click()
    if not therapist.locator('form[action$="/patient"]').count():
        therapist.get_by_role("link", name=PERSON).first.click()
    settle(therapist)
    shot(therapist, f"journey-request-{width}", whole=True)
    assert "limp" in therapist.locator("main").inner_text().lower()
    therapist.locator("#born").fill("1985-04-02")
    press(therapist, re.compile("patient", re.I), 'form[action$="/patient"]')
    settle(therapist)
    shot(therapist, f"journey-accepted-{width}", whole=True)

    # Evaluates.
    chart = chart_of(therapist, PERSON)
    settle(therapist)
    therapist.locator("main").get_by_role("link", name="Evaluate", exact=True).first.click()
    settle(therapist)
    assert therapist.locator('input[name=side][value=left]').is_checked(), "the check's answers are not taken over"
    for details in therapist.locator("main details:not([open]) > summary").all():
        details.click()
    for name, value in EXAMINED.items():
        therapist.locator(f'[id="{name}"]').fill(value)
    for name, value in {"limp": "yes", "stand_both_feet": "yes", "matles_positive": "no",
                        "single_heel_raise": "unable", "provoked_by": "straight_knee"}.items():
        pick(therapist, name, value)
    for box in therapist.locator('label:has(input[name^="rest_no."])').all():
        box.click()
    shot(therapist, f"journey-evaluate-{width}", whole=True)
    press(therapist, "Propose")
    settle(therapist)
    shot(therapist, f"journey-proposal-{width}", whole=True)
    proposal = therapist.locator("main").inner_text()
    for said in ["The tear", "What else it could be", "How long it may take", "Wells score"]:
        assert said in proposal, proposal
    assert re.search(r"\d+ to \d+ weeks", proposal)
    assert therapist.locator("main table.differential").count() >= 3
    if therapist.locator("input[name=flags]").count():
        pick(therapist, "flags", "answered")
        therapist.locator("#cleared").fill("Examined: calf soft, foot warm, no clot on ultrasound.")
    # An override needs a reason.
    proposed = therapist.locator("input[name=grade]:checked")
    assert proposed.count() == 1
    assert proposed.get_attribute("value") == "II", proposal
    pick(therapist, "grade", "I")
    pick(therapist, "clot", "yes")
    press(therapist, re.compile("sign", re.I))
    settle(therapist)
    assert therapist.locator("section.errors a[href='#reason']").count() == 1
    therapist.locator("#reason").fill("The tender spot is small and he rises on both feet.")
    press(therapist, re.compile("sign", re.I))
    assert not therapist.locator("section.errors").count(), therapist.locator("section.errors").inner_text()
    settle(therapist)
    shot(therapist, f"journey-evaluated-{width}", whole=True)

    # Writes the first plan.
    therapist.goto(chart)
    settle(therapist)
    therapist.locator("main").get_by_role("link", name="Plan", exact=True).first.click()
    settle(therapist)
    assert therapist.locator("#phase").input_value() == "protect"
    assert therapist.locator('input[name^="use."]:checked').count() >= 2
    therapist.locator("#reason").fill("First plan.")
    press(therapist, re.compile("sign", re.I))
    assert not therapist.locator("section.errors").count(), therapist.locator("section.errors").inner_text()
    settle(therapist)
    shot(therapist, f"journey-planned-{width}", whole=True)

    # Hands over the phone's link.
    therapist.goto(chart)
    therapist.get_by_text("The patient's phone").click()
    press(therapist, "Make a sign-in link")
    settle(therapist)
    link = therapist.locator("#link").input_value()
    assert "/enter/" in link

    # The patient, on the phone.
    phone = page(width=360, theme=theme)
    phone.goto(own_clinic.url + link[link.index("/enter/"):])
    settle(phone)
    press(phone, re.compile("."))
    phone.wait_for_url("**/today*")
    settle(phone)
    shot(phone, f"journey-today-{width}", whole=True)
    assert "Phase 0" in phone.locator("main").inner_text()
    phone.get_by_role("link", name="Start the check").click()
    settle(phone)
    save_check(phone)
    settle(phone)

    # One tap; then what really happened.
    card = log_as_planned(phone)
    settle(phone)
    assert re.search("done", card.inner_text(), re.I)
    if card.locator('form[action="/today/pain"]').count():
        card.locator('button[name=pain][value="0"]').click()
        settle(phone)
    # Not the one already logged.
    other = tapped(phone).filter(has_not=phone.get_by_text(re.compile("done", re.I)).locator("p")).last
    other_id = other.get_attribute("id")
    other.get_by_role("link", name=re.compile("^Start")).click()
    settle(phone)
    shot(phone, f"journey-exercise-{width}", whole=True)
    for field in ["sets", "reps"]:
        if phone.locator(f"#{field}").count():
            phone.locator(f"#{field}").fill("1" if field == "sets" else "8")
    if phone.locator("input[name=pain]").count():
        pick(phone, "pain", "1")
    pick(phone, "stab", "no")
    press(phone, "Save what happened")
    settle(phone)
    assert re.search("done", phone.locator(f'[id="{other_id}"]').inner_text(), re.I)
    shot(phone, f"journey-logged-{width}", whole=True)
    why = phone.locator("#why")
    assert why.is_visible() and re.search("why not|waits|met", why.inner_text(), re.I), (
        phone.locator("main").inner_text())

    # The board says so, the therapist signs.
    therapist.goto("/board")
    settle(therapist)
    line = row_of(therapist, PERSON)
    assert "To sign" in line.inner_text() and "Phase 0 → 1" in line.inner_text(), line.inner_text()
    line.get_by_role("link", name=re.compile("^Sign")).click()
    settle(therapist)
    shot(therapist, f"journey-sign-{width}", whole=True)
    press(therapist, "Sign phase 0 → 1", "#decision")
    settle(therapist)

    phone.goto("/today")
    settle(phone)
    shot(phone, f"journey-phase-1-{width}", whole=True)
    assert "Phase 1" in phone.locator("main").inner_text()
    assert "Heel raises" in phone.locator("main").inner_text()
    no_console_errors()


@WIDTHS
def test_a_red_flag_stops_the_programme_until_a_therapist_lets_it_go_on(
        own_clinic, page, sign_in, shot, width, theme):
    look = {"width": width, "theme": theme}
    patient = open_as(page, sign_in, own_clinic, "Demo, Alma", "/today", **look)
    assert tapped(patient).count()
    save_check(patient, WELL, red_flag="worse_after_improving")
    settle(patient)
    shot(patient, f"flag-today-{width}", whole=True)
    box = patient.locator("main section.flag")
    assert box.locator('a[href^="tel:"]').first.is_visible()
    assert not patient.locator('form[action="/today/log"]').count()
    assert not patient.locator('a[href^="/today/exercise/"]').count()

    therapist = open_as(page, sign_in, own_clinic, "therapist", "/board", **look)
    settle(therapist)
    top = therapist.locator("main tbody tr").filter(has_text="flag")
    assert "Demo, Alma" in " ".join(top.all_inner_texts())
    shot(therapist, f"flag-board-{width}")
    row_of(therapist, "Demo, Alma").get_by_role("link", name=re.compile("^Open")).click()
    settle(therapist)
    shot(therapist, f"flag-chart-{width}", whole=True)
    therapist.locator("#flags textarea").fill("Called and examined today. Ultrasound: no clot.")
    press(therapist, "Acknowledge the flag")
    settle(therapist)
    patient.goto("/today")
    settle(patient)
    assert not patient.locator('form[action="/today/log"]').count(), "an acknowledged flag alone lets nobody go on"
    therapist.locator("#resume_reason").fill("Doppler without a clot, calf soft.")
    press(therapist, "Resume the programme")
    settle(therapist)
    patient.goto("/today")
    settle(patient)
    shot(patient, f"flag-resumed-{width}", whole=True)
    assert tapped(patient).count(), patient.locator("main").inner_text()
    log_as_planned(patient)
    settle(patient)


def test_a_flag_just_raised_stands_above_all_that_is_less_urgent(own_clinic, page, sign_in):
    patient = open_as(page, sign_in, own_clinic, "Demo, Alma", "/today")
    save_check(patient, WELL, red_flag="pe_breathless")
    settle(patient)
    assert patient.locator('main section.flag a[href="tel:911"]').is_visible()
    therapist = open_as(page, sign_in, own_clinic, "therapist", "/board", width=1280)
    first = therapist.locator("main tbody tr").first.inner_text()
    assert "Demo, Alma" in first and "Emergency" in first, first


def test_check_in_and_log_work_without_javascript(own_clinic, page, sign_in):
    patient = open_as(page, sign_in, own_clinic, "Demo, Alma", "/today", javascript=False)
    save_check(patient, WELL)
    assert "Checked at" in patient.locator("main").inner_text()
    assert tapped(patient).count(), patient.locator("main").inner_text()
    card = log_as_planned(patient)
    assert re.search("done", card.inner_text(), re.I)
    link = patient.locator('main a[href^="/today/exercise/"]').first
    exercise = link.get_attribute("href").rsplit("/", 1)[1]
    link.click()
    assert not patient.locator("#timer").is_visible(), "a timer that cannot run is offered"
    pick(patient, "stab", "no")
    press(patient, "Save what happened")
    patient.wait_for_url("**/today*")
    assert re.search("done", patient.locator(f'[id="{exercise}"]').inner_text(), re.I)


def test_the_same_form_twice_logs_once(own_clinic, page, sign_in):
    patient = open_as(page, sign_in, own_clinic, "Demo, Mei", "/today")
    # Ankle pumps and the like are due several times a day, so a second log would show.
    card_id = tapped(patient).filter(has_text="times a day").first.get_attribute("id")
    card = patient.locator(f'[id="{card_id}"]')
    form = card.locator('input[name=form]').first.get_attribute("value")
    press(patient, "Done as planned", f'[id="{card_id}"]')
    once = card.locator("p.soft").all_inner_texts()
    assert any(re.search("1 of|once", text) for text in once), once
    patient.go_back()
    again = card.locator('input[name=form]').first
    # A browser may fetch the page anew; the person's second press is of the first form.
    again.evaluate("(field, form) => { field.value = form }", form)
    press(patient, "Done as planned", f'[id="{card_id}"]')
    patient.wait_for_url("**/today*")
    assert card.locator("p.soft").all_inner_texts() == once
    patient.goto("/today")
    assert card.locator("p.soft").all_inner_texts() == once


def test_the_daily_check_with_the_keyboard_alone(own_clinic, page, sign_in):
    patient = open_as(page, sign_in, own_clinic, "Demo, Alma", "/today", width=1280)

    def focused():
        return patient.evaluate(
            "() => { const at = document.activeElement; "
            "return [at.tagName, at.type || '', at.name || '', at.value || '', at.getAttribute('href') || ''] }")

    def tab_to(found, most=80):
        for _ in range(most):
            patient.keyboard.press("Tab")
            if found(focused()):
                return
        raise AssertionError(f"Tab does not get there; it stands at {focused()}")

    tab_to(lambda at: at[4] == "/check-in")
    patient.keyboard.press("Enter")
    patient.wait_for_url("**/check-in")
    for name, value in WELL.items():
        tab_to(lambda at: at[1] == "radio" and at[2] == name)
        patient.keyboard.press("Space")
        for _ in range(15):
            if focused()[3] == value:
                break
            patient.keyboard.press("ArrowDown")
        assert patient.locator(f'input[name="{name}"][value="{value}"]').is_checked(), name
    tab_to(lambda at: at[1] == "checkbox" and at[2] == "red_flags")
    tab_to(lambda at: at[2] == "rest")
    patient.keyboard.press("Space")
    assert patient.locator('input[name=rest][value="no"]').is_checked()
    tab_to(lambda at: at[0] == "BUTTON")
    outline = patient.evaluate("() => { const s = getComputedStyle(document.activeElement);"
                               " return s.outlineStyle + s.boxShadow }")
    assert outline != "nonenone", "the focus cannot be seen"
    patient.keyboard.press("Enter")
    patient.wait_for_url("**/today*")
    assert "Checked at" in patient.locator("main").inner_text()


PAGES = {
    None: ["/", "/guide", "/check", "/book", "/book?service=treatment", "/sign-in", "/no-such-page"],
    "Demo, Alma": ["/today", "/check-in", "/measure", "/progress", "/clinic", "/calendar", "/review", "exercise"],
    "Demo, Rosa": ["/today", "/measure"],
    "therapist": ["/board", "/board?show=all", "Demo, Rosa", "Demo, Amir", "Demo, Rosa/evaluate", "Demo, Alma/plan",
                  "Demo, Alma/treat", "Demo, Alma/measure", "/people", "/requests", "/account"],
    "desk": ["/people", "/people/new", "/requests", "/diary", "/diary?view=week", "/diary/new", "/diary/hours",
             "/diary/waiting", "/diary/waiting/new", "/diary/agreed", "/outbox", "/reviews/desk"],
    "admin": ["/staff", "/staff/new", "/audit"],
}


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("who", PAGES, ids=lambda who: who or "visitor")
def test_every_page_is_for_everybody(clinic, page, sign_in, shot, who, width, theme):
    window = page(width=width, theme=theme)
    if who:
        sign_in(window, clinic.link(who))
    faults = []
    for path in PAGES[who]:
        if path == "exercise":
            window.goto("/today")
            window.goto(window.locator('main a[href^="/today/exercise/"]').first.get_attribute("href"))
        elif path.startswith("Demo"):
            name, _, form = path.partition("/")
            chart = chart_of(window, name)
            window.goto(f"{chart}/{form}" if form else chart)
        else:
            window.goto(path)
        named = re.sub(r"\W+", "-", f"{who or 'visitor'}-{path}").strip("-")
        shot(window, f"page-{named}-{width}-{theme}", whole=True)
        try:
            settle(window)
        except BaseException as fault:  # pytest.fail is no Exception; the next page is looked at all the same.
            if isinstance(fault, KeyboardInterrupt):
                raise
            faults.append(f"{path}: {fault}")
    sight.none_of(faults)


def test_pictures_of_the_readme(clinic, page, sign_in, shot):
    patient = page(width=390)
    patient.set_viewport_size({"width": 390, "height": 1100})
    sign_in(patient, clinic.link("Demo, Alma"))
    patient.goto("/today")
    shot(patient, "today", readme=True)
    therapist = page(width=1280)
    therapist.set_viewport_size({"width": 1280, "height": 1200})
    sign_in(therapist, clinic.link("therapist"))
    therapist.goto("/board")
    shot(therapist, "board", readme=True)
