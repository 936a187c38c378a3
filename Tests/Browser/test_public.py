# SPDX-License-Identifier: Apache-2.0
"""The public site as a visitor meets it, and a review on its way through it."""

import json

import pytest
import sight

PAGES = ["/", "/guide", "/guide/exercises", "/guide/sources", "/contact", "/reviews", "/check", "/no-such-page"]
LOOKS = pytest.mark.parametrize(("width", "theme"), [(360, "light"), (360, "dark"), (1280, "light"), (1280, "dark")])
WORDS = "They told me why not yet, and then it was time."


def settle(window):
    sight.axe(window)
    sight.no_sideways_scroll(window)
    assert window.locator("h1").count() == 1, f"{window.url} has not one first heading"


@LOOKS
@pytest.mark.parametrize("path", PAGES)
def test_public_pages_can_be_read_by_everybody(clinic, page, shot, path, width, theme):
    window = page(width=width, theme=theme)
    window.goto(path)
    # What is folded away must be readable, too.
    window.evaluate("document.querySelectorAll('details').forEach(details => details.open = true)")
    settle(window)
    shot(window, f"public-{path.strip('/').replace('/', '-') or 'home'}-{width}-{theme}", whole=True)


@pytest.mark.parametrize("path", ["/", "/guide", "/contact"])
def test_machines_can_read_the_data_block_and_the_policy_lets_it_stand(
        clinic, page, no_csp_violations, no_console_errors, path):
    window = page()
    window.goto(path)
    data = json.loads(window.locator('script[type="application/ld+json"]').text_content())
    assert data["@context"] == "https://schema.org"
    no_csp_violations()
    no_console_errors()


@pytest.mark.parametrize("width", [320, 360])
@pytest.mark.parametrize("path", PAGES)
def test_public_pages_fit_a_phone(clinic, page, path, width):
    window = page(width=width)
    window.goto(path)
    sight.no_sideways_scroll(window)


def test_home_leads_to_the_check_without_a_script(clinic, page):
    window = page(javascript=False)
    window.goto("/")
    window.locator("main").get_by_role("link", name="Check your symptoms").click()
    assert window.url.endswith("/check")
    window.goto("/")
    window.get_by_role("link", name="Read the guide").click()
    window.get_by_text("Stage 2", exact=False).first.click()
    window.get_by_role("link", name="How each exercise is done").click()
    assert window.locator("main svg").count() > 10, "the exercises have their figures"


@pytest.mark.parametrize("path", ["/", "/guide", "/guide/exercises", "/contact", "/reviews", "/check"])
def test_a_visitor_chooses_spanish_without_a_script_and_keeps_it(clinic, page, path):
    window = page(javascript=False)
    window.goto(path)
    window.get_by_role("button", name="Español").click()
    assert window.url.endswith(path)
    assert window.locator("html").get_attribute("lang") == "es"
    assert "Clifton Physical Therapy" in window.title()
    window.goto("/contact")
    assert window.locator("html").get_attribute("lang") == "es"


@LOOKS
@pytest.mark.parametrize("path", ["/", "/guide", "/contact", "/reviews"])
def test_spanish_pages_can_be_read_by_everybody(clinic, page, shot, path, width, theme):
    window = page(width=width, theme=theme, language="es")
    window.goto(path)
    assert window.locator("html").get_attribute("lang") == "es"
    window.evaluate("document.querySelectorAll('details').forEach(details => details.open = true)")
    settle(window)
    shot(window, f"public-es-{path.strip('/') or 'home'}-{width}-{theme}", whole=True)


def press(window, name):
    window.locator("main").get_by_role("button", name=name).first.click()


def where_shown(clinic):
    return [path for path in PAGES if WORDS in clinic.get(path).body]


@LOOKS
def test_a_review_is_written_signed_released_read_and_taken_back(
        own_clinic, page, sign_in, shot, width, theme):
    # axe is a script itself: it looks on in windows that have scripts; the page's own work without.
    look = {"width": width, "theme": theme}
    patient, desk, visitor = page(**look), page(**look), page(**look)
    sign_in(patient, own_clinic.link("patient"))
    patient.goto("/clinic")
    patient.get_by_role("link", name="Write or see your review").click()
    settle(patient)
    patient.locator("#text").fill(WORDS)
    patient.locator('label:has(input[name="name"][value="initial"])').click()
    patient.locator("#months").select_option("6")
    shot(patient, f"review-write-{width}-{theme}", whole=True)
    press(patient, "Go on to the permission")
    settle(patient)
    assert WORDS in patient.locator("blockquote").first.inner_text()
    assert where_shown(own_clinic) == []
    patient.locator("label:has(input[name=agree])").click()
    patient.locator("#signature").fill("Somebody Invented")
    shot(patient, f"review-sign-{width}-{theme}", whole=True)
    press(patient, "Sign and send to the clinic")
    settle(patient)
    assert where_shown(own_clinic) == []

    sign_in(desk, own_clinic.link("desk"))
    desk.goto("/reviews/desk")
    settle(desk)
    shot(desk, f"review-desk-{width}-{theme}", whole=True)
    desk.locator("main table a").first.click()
    settle(desk)
    shot(desk, f"review-file-{width}-{theme}", whole=True)
    assert "I can take this permission back at any time" in desk.locator("main").inner_text()
    press(desk, "Release it")
    settle(desk)
    assert where_shown(own_clinic) == ["/", "/reviews"]
    for path in where_shown(own_clinic):
        headers = own_clinic.get(path).headers
        assert headers["cache-control"] == "no-store", f"{path} may be kept by a cache: {headers}"
        assert "etag" not in headers and "last-modified" not in headers, f"{path} is asked for again: {headers}"
    visitor.goto("/reviews")
    settle(visitor)
    shot(visitor, f"reviews-shown-{width}-{theme}", whole=True)

    patient.reload()
    press(patient, "Take it back now")
    settle(patient)
    assert where_shown(own_clinic) == []
    visitor.reload()
    assert WORDS not in visitor.locator("body").inner_text()
    # Not even the way back through the visitor's own history shows it.
    visitor.goto("/contact")
    visitor.go_back()
    assert WORDS not in visitor.locator("body").inner_text()


def test_a_review_needs_no_script(own_clinic, page, sign_in):
    patient, desk = page(javascript=False), page(javascript=False)
    sign_in(patient, own_clinic.link("patient"))
    patient.goto("/review")
    patient.locator("#text").fill(WORDS)
    press(patient, "Go on to the permission")
    patient.locator("label:has(input[name=agree])").click()
    patient.locator("#signature").fill("Somebody Invented")
    press(patient, "Sign and send to the clinic")
    sign_in(desk, own_clinic.link("admin"))
    desk.goto("/reviews/desk")
    desk.locator("main table a").first.click()
    press(desk, "Release it")
    assert where_shown(own_clinic) == ["/", "/reviews"]
    desk.locator("#withdraw").fill("On the phone")
    press(desk, "Take it back for them")
    assert where_shown(own_clinic) == []
