# SPDX-License-Identifier: Apache-2.0
"""What a page must be to everybody: readable by machine, no wider than the phone, quiet."""

from dataclasses import dataclass, field

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page

AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

# A violation is an event in the page as well as a line on the console; the event names the directive.
_REPORT_VIOLATIONS = """
document.addEventListener('securitypolicyviolation', event => window.reportViolation(
    `${event.effectiveDirective} refused ${event.blockedURI} ${event.sample}`
    + ` (${event.sourceFile || event.documentURI}:${event.lineNumber})`))
"""

_STICKS_OUT = """() => {
    const width = document.documentElement.clientWidth
    const scrolls = element => {
        for (let up = element.parentElement; up && up !== document.body; up = up.parentElement)
            if (getComputedStyle(up).overflowX !== 'visible') return true
        return false
    }
    const out = [...document.body.querySelectorAll('*')]
        .filter(element => element.getBoundingClientRect().right > width + 0.5 && !scrolls(element))
        .map(element => `${Math.round(element.getBoundingClientRect().right)} px: `
            + element.outerHTML.slice(0, 120))
    return { width, needs: document.documentElement.scrollWidth, out: out.slice(0, 10) }
}"""


def axe(page: Page) -> None:
    """Runs axe-core over the page as it is now; fails with rule, element and reason, one per line."""
    # After a click the page may be there before its style sheet.
    page.wait_for_load_state("load")
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": AXE_TAGS}}).response
    faults = [
        f"{violation['id']} ({violation['impact']}): {violation['help']}\n"
        f"    {node['html'][:200]}\n"
        f"    {' '.join(node['failureSummary'].split())}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]
    none_of([f"axe finds {len(faults)} on {page.url}", *faults] if faults else [])


def no_sideways_scroll(page: Page) -> None:
    """Nothing makes the page wider than the window; a table may scroll inside its own box."""
    page.wait_for_load_state("load")
    seen = page.evaluate(_STICKS_OUT)
    too_wide = f"{page.url} needs {seen['needs']} px, the window has {seen['width']}"
    none_of([too_wide, *seen["out"]] if seen["needs"] > seen["width"] else [])


def none_of(faults: list[str]) -> None:
    """Fails with the list alone, each fault once: the way there says nothing."""
    if faults:
        pytest.fail("\n".join(dict.fromkeys(faults)), pytrace=False)


@dataclass
class Watch:
    """What went wrong in a browser window while a test looked elsewhere."""

    clinic_url: str
    console_errors: list[str] = field(default_factory=list)
    csp_violations: list[str] = field(default_factory=list)
    failed_requests: list[str] = field(default_factory=list)
    from_elsewhere: list[str] = field(default_factory=list)

    def over(self, context: BrowserContext) -> "Watch":
        context.expose_binding("reportViolation", lambda _, text: self.csp_violations.append(text))
        context.add_init_script(_REPORT_VIOLATIONS)
        context.on("console", self._console)
        context.on("weberror", lambda error: self.console_errors.append(f"uncaught: {error.error}"))
        context.on("request", self._request)
        context.on("response", self._response)
        return self

    def console_faults(self) -> list[str]:
        return [
            *(f"on the console: {text}" for text in self.console_errors),
            *(f"asked for in vain: {text}" for text in self.failed_requests),
            *(f"asked of somebody else: {text}" for text in self.from_elsewhere),
        ]

    def csp_faults(self) -> list[str]:
        return [f"against the content security policy: {text}" for text in self.csp_violations]

    def _console(self, message) -> None:
        # Chromium writes an error for each answer of 400 and above; `_response` sorts those.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            where = message.location
            text = f"{message.text} ({where.get('url')}:{where.get('lineNumber')})"
            if "Content Security Policy" in text:
                self.csp_violations.append(text)
            else:
                self.console_errors.append(text)

    def _request(self, request) -> None:
        if request.url.startswith(("data:", "blob:")):
            return
        if not request.url.startswith(self.clinic_url + "/"):
            self.from_elsewhere.append(request.url)

    def _response(self, response) -> None:
        # A test may visit a page that is refused or absent; a page may not ask for such a thing.
        if response.status >= 400 and not response.request.is_navigation_request():
            self.failed_requests.append(f"{response.status} {response.url}")
