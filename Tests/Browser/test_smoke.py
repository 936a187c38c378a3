# SPDX-License-Identifier: Apache-2.0
"""The server answers, guards its answers, and its first page can be read by everybody."""

import pytest

CSP = {
    "default-src": {"'none'"},
    "object-src": {"'none'"},
    "base-uri": {"'none'"},
    "frame-ancestors": {"'none'"},
    "form-action": {"'self'"},
}
HEADERS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}


def test_home_page_answers(clinic, page):
    window = page()
    answer = window.goto("/")
    assert answer.status == 200
    assert window.title()
    assert window.locator("html").get_attribute("lang") == "en"
    assert window.locator("h1").count() == 1


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_home_page_is_readable_by_everybody(clinic, page, axe, shot, width, theme):
    window = page(width=width, theme=theme)
    window.goto("/")
    shot(window, f"home-{width}-{theme}", whole=True)
    axe(window)


@pytest.mark.parametrize("width", [320, 360])
def test_home_page_fits_a_phone(clinic, page, no_sideways_scroll, width):
    window = page(width=width)
    window.goto("/")
    no_sideways_scroll(window)


def test_home_page_works_without_javascript(clinic, page):
    window = page(javascript=False)
    window.goto("/")
    assert window.locator("h1").is_visible()


@pytest.mark.parametrize("path, status", [("/", 200), ("/healthz", 200), ("/no-such-page", 404)])
def test_every_answer_is_guarded(clinic, path, status):
    answer = clinic.get(path)
    assert answer.status == status
    for name, value in HEADERS.items():
        assert answer.headers.get(name) == value, name
    assert answer.headers.get("permissions-policy")
    policy = {
        name: set(values)
        for name, *values in map(str.split, answer.headers["content-security-policy"].strip("; ").split(";"))
    }
    for directive, values in CSP.items():
        assert policy.get(directive) == values, directive
    # 'wasm-unsafe-eval' is another word: the phone's measuring code may run, strings may not.
    allowed = policy.get("script-src", set()) | policy.get("style-src", set())
    assert not allowed & {"'unsafe-inline'", "'unsafe-eval'", "*", "https:", "http:", "data:"}


def test_unknown_page_says_so_to_everybody(clinic, page, axe, no_sideways_scroll):
    window = page()
    answer = window.goto("/no-such-page")
    assert answer.status == 404
    axe(window)
    no_sideways_scroll(window)


def test_server_prints_one_link_per_role(clinic):
    assert set(clinic.links) == {"patient", "therapist", "desk", "admin"}
    assert len(set(clinic.links.values())) == 4
