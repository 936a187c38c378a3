# SPDX-License-Identifier: Apache-2.0
"""The fixtures of the browser tests.

clinic        a running demo clinic, one for all tests: look, do not change
own_clinic    a running demo clinic for this test alone
pair          two servers on one database, once on SQLite and once on PostgreSQL
page          opens windows: page(width=360, theme="dark", language="en", javascript=True)
sign_in       sign_in(page, link): redeems a sign-in link as a person would
axe           axe(page): axe-core finds nothing
no_sideways_scroll, no_console_errors, no_csp_violations
shot          shot(page, name): a PNG in Tests/Browser/shots; with readme=True and --pictures, in
              docs/pictures

Every window that `page` opened is checked for console errors, requests in vain, requests to other
hosts and violations of the content security policy when the test ends.
"""

import os
import shutil
from pathlib import Path

import pytest
import sight
from clinic import ROOT, Clinic, copy_of, soleus
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from races import two_servers

HEIGHTS = {360: 740, 1280: 900}
PATIENCE_MS = 10_000
SEED = "7"


def pytest_addoption(parser):
    parser.addoption(
        "--pictures", action="store_true", help="write the README's pictures to docs/pictures")
    parser.addoption(
        "--race-slots", type=int, default=0, help="how many times the booking race is about (the big one: 500)")


@pytest.fixture(scope="session")
def demo_data(tmp_path_factory) -> Path:
    """A demo clinic's folder with an empty diary, made once, with nobody serving it."""
    data = tmp_path_factory.mktemp("demo") / "data"
    soleus("demo", "--data", data, "--seed", SEED, "--empty-diary")
    return data


@pytest.fixture(scope="session")
def clinic(demo_data, tmp_path_factory):
    running = Clinic(copy_of(demo_data, tmp_path_factory.mktemp("clinic") / "data")).start()
    yield running
    running.stop()


@pytest.fixture
def own_clinic(demo_data, tmp_path):
    running = Clinic(copy_of(demo_data, tmp_path / "data")).start()
    yield running
    running.stop()


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def pair(request, demo_data, tmp_path_factory):
    with two_servers(request.param, demo_data, tmp_path_factory.mktemp("pair")) as running:
        yield running


@pytest.fixture(scope="session")
def browser() -> Browser:
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    assert chromium, "no chromium on the PATH: run scripts/install test, or set CHROMIUM"
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium)
        yield started
        started.close()


@pytest.fixture
def launch(browser):
    """Starts another browser, with switches of its own."""
    started = []

    def another(*switches: str) -> Browser:
        chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
        started.append(browser.browser_type.launch(executable_path=chromium, args=list(switches)))
        return started[-1]

    yield another
    for each in started:
        each.close()


@pytest.fixture
def windows() -> list[tuple[BrowserContext, sight.Watch]]:
    return []


@pytest.fixture
def page(request, browser, windows):
    """Opens a window of its own: no cookies shared with any other."""

    def open_page(
        width: int = 360, theme: str = "light", language: str = "en", javascript: bool = True,
        at: Clinic | None = None,
    ) -> Page:
        # The clinic that the test asked for; its own before the common one.
        served = at or request.getfixturevalue(
            "own_clinic" if "own_clinic" in request.fixturenames else "clinic")
        context = browser.new_context(
            base_url=served.url,
            viewport={"width": width, "height": HEIGHTS.get(width, 900)},
            is_mobile=width < 600, has_touch=width < 600, device_scale_factor=2 if width < 600 else 1,
            color_scheme=theme, locale=language, timezone_id="America/New_York",
            java_script_enabled=javascript, reduced_motion="reduce",
            # A clinic that made its own certificate; the test of the certificate itself is in test_tls.py.
            ignore_https_errors=served.url.startswith("https:"))
        context.set_default_timeout(PATIENCE_MS)
        windows.append((context, sight.Watch(served.url).over(context)))
        return context.new_page()

    yield open_page
    for context, _ in windows:
        context.close()
    sight.none_of([
        fault for _, watch in windows for fault in watch.console_faults() + watch.csp_faults()])


@pytest.fixture
def no_console_errors(windows):
    """Checks now, and not only at the test's end."""
    return lambda: sight.none_of([fault for _, watch in windows for fault in watch.console_faults()])


@pytest.fixture
def no_csp_violations(windows):
    """Checks now, and not only at the test's end."""
    return lambda: sight.none_of([fault for _, watch in windows for fault in watch.csp_faults()])


@pytest.fixture
def axe():
    return sight.axe


@pytest.fixture
def no_sideways_scroll():
    return sight.no_sideways_scroll


@pytest.fixture
def sign_in():
    def redeem(page: Page, link: str) -> None:
        """Opening the link changes nothing (mail scanners open links); its button signs in."""
        page.goto(link)
        page.locator("main form button").first.click()
        page.wait_for_url(lambda url: "/enter/" not in url)

    return redeem


@pytest.fixture
def shot(request):
    def take(page: Page, name: str, whole: bool = False, readme: bool = False) -> Path:
        kept = readme and request.config.getoption("--pictures")
        folder = ROOT / "docs/pictures" if kept else ROOT / "Tests/Browser/shots"
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{name}.png"
        page.screenshot(path=path, full_page=whole, animations="disabled")
        return path

    return take
