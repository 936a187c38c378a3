# SPDX-License-Identifier: Apache-2.0
"""Over plain HTTP under another name than localhost, as a clinic tries it on its own network.

There a browser says nothing of the site that a form comes from but its origin. The name is only the browser's:
all requests stay on this machine.
"""

import http.server
import threading

import pytest
from clinic import Clinic, copy_of

NAMES = "--host-resolver-rules=MAP clinic.test 127.0.0.1,MAP other.test 127.0.0.1"


@pytest.fixture
def network(demo_data, tmp_path, launch):
    """A clinic, its address under another name, and a browser that knows the name."""
    running = Clinic(copy_of(demo_data, tmp_path / "data"), arguments=("--plain-http",)).start()
    yield running, f"http://clinic.test:{running.port}", launch(NAMES)
    running.stop()


def test_people_sign_in_and_out(network):
    clinic, address, browser = network
    window = browser.new_page()
    window.goto(address + "/enter/" + clinic.link("desk").rpartition("/")[2])
    assert window.evaluate("isSecureContext") is False, "this browser says more than one on a network would"
    window.locator("main form button").first.click()
    window.wait_for_url(lambda url: "/enter/" not in url)
    assert window.goto(address + "/account").status == 200
    window.get_by_role("button", name="Sign out").first.click()
    window.wait_for_url(lambda url: "/account" not in url)
    assert "/sign-in" in window.goto(address + "/account").url


class Elsewhere(http.server.BaseHTTPRequestHandler):
    """A page of another site whose form goes to the clinic; what it hides is for the test to say."""

    target = ""

    def do_GET(self):
        form = (
            f'<form method="post" action="{self.target}"><input name="email" value="a@b.example">'
            '<input name="password" value="guessed"><button>Go</button></form>')
        body = form if self.path == "/plain" else f'<iframe sandbox="allow-forms" srcdoc=\'{form}\'></iframe>'
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *_):
        pass


@pytest.mark.parametrize("page", ["plain", "hidden"])
def test_a_form_of_another_site_is_refused(network, page):
    clinic, address, browser = network
    handler = type("Handler", (Elsewhere,), {"target": address + "/sign-in"})
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as other:
        threading.Thread(target=other.serve_forever, daemon=True).start()
        window = browser.new_page()
        window.goto(f"http://other.test:{other.server_address[1]}/{page}")
        place = window if page == "plain" else window.frame_locator("iframe")
        with window.expect_response(lambda answer: answer.url.endswith("/sign-in")) as answer:
            place.get_by_role("button", name="Go").click()
        other.shutdown()
    assert answer.value.status == 403
    said = answer.value.request.all_headers()["origin"]
    assert said == (f"http://other.test:{other.server_address[1]}" if page == "plain" else "null")
