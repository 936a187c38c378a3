# SPDX-License-Identifier: Apache-2.0
"""What somebody does on the pages: press, pick, answer, and go through the symptom check."""

import re

import sight

# What a person with a plausible tear of the inner calf says, page by page; all other pages are lists of signs, none
# of which is there.
STORY = {
    "you": {"age_years": "41", "sex": "male"},
    "onset": {"onset": "sudden"},
    "where": {"side": "left", "site": "inner_upper", "onset_days": "6", "pain_trend": "better"},
    "pop": {"pop": "calf"},
    "gap": {"gap": "none"},
    "steps": {"four_steps": "limping"},
    "double_raise": {"double_heel_raise": "painful"},
    "single_raise": {"single_heel_raise": "not_tried"},
    "squeeze": {"squeeze_moves_foot": "yes"},
    "swelling": {"swelling": "local"},
    "swelling_trend": {"swelling_trend": "better", "calf_bigger_cm": "0.5"},
    "look": {"red_tender_cord": "none", "bruise": "calf"},
    "pain": {"pain_rest": "1", "pain_walking": "3", "pain_worst_24h": "4"},
}


def settle(window):
    """Every page on the way is one that everybody can use."""
    sight.axe(window)
    sight.no_sideways_scroll(window)
    assert window.locator("h1").count() == 1, f"{window.url} has not one first heading"


def pick(window, name, value):
    """Presses the answer's label, as a thumb does."""
    window.locator(f'label:has(input[name="{name}"][value="{value}"])').click()


def answer(window, answers):
    for name, value in answers.items():
        typed = window.locator(f'input[id="{name}"]:not([type=radio])')
        if typed.count():
            typed.fill(value)
        else:
            pick(window, name, value)


def press(window, name, within="main"):
    window.locator(within).get_by_role("button", name=name).first.click()


def check_symptoms(window, story=STORY):
    """From the home page to the result; gives the number of pages asked."""
    window.goto("/")
    settle(window)
    window.locator("main").get_by_role("link", name=re.compile("check", re.I)).first.click()
    settle(window)
    window.locator("main form button").click()
    pages = 0
    while (page_id := window.locator('form[action="/check"] input[name=page]')).count() and not (
            window.locator("#ask").count()):
        pages += 1
        assert pages < 40, "the check does not end"
        asked = page_id.get_attribute("value")
        settle(window)
        if asked in story:
            answer(window, story[asked])
            window.locator('button[name=go][value=next]').click()
        else:
            window.locator('button[name=go][value="no"]').click()
    return pages
