# SPDX-License-Identifier: Apache-2.0
"""Heel raises seen by a camera: a drawn sticker of exactly known height, from the picture to the chart."""

import json
import sqlite3

import pytest
import sight
import video
from test_lab import PATIENT
from test_lab_results import analyze, chart_of, choose, save, newest

HEIGHT_CM = 6.0


@pytest.fixture
def at_camera(own_clinic, launch, sign_in, tmp_path):
    """Opens the camera's page in a browser whose camera shows a drawn film of heel raises."""
    opened = []

    def open_camera(path="/lab/camera", width=360, theme="light", film=None):
        film = film or video.write(tmp_path / "raises.y4m", count=4, height_cm=HEIGHT_CM)
        browser = launch(
            "--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream",
            f"--use-file-for-fake-video-capture={film}")
        context = browser.new_context(
            base_url=own_clinic.url, viewport={"width": width, "height": 740}, has_touch=True, color_scheme=theme)
        opened.append(sight.Watch(own_clinic.url).over(context))
        window = context.new_page()
        sign_in(window, own_clinic.link(PATIENT))
        window.goto(path)
        return window

    yield open_camera
    sight.none_of([fault for watch in opened for fault in watch.console_faults() + watch.csp_faults()])


def touch(window):
    """Starts the camera and touches the sticker; somewhere near it, which may be on its way up already."""
    window.locator("#start").click()
    window.locator("#line", has_text="Touch the sticker").wait_for()
    box = window.locator("#canvas").bounding_box()
    scale = box["width"] / video.WIDTH
    window.mouse.click(box["x"] + 160 * scale, box["y"] + (video.GROUND - 10) * scale)
    window.locator("#line", has_text="I see the sticker").wait_for()


def test_the_camera_sees_the_height_to_half_a_millimetre_and_the_chart_keeps_it(
    own_clinic, at_camera, page, sign_in, tmp_path, axe, no_sideways_scroll, shot):
    """From the picture over the track to the chart: the page, the chart and the command line say the same."""
    window = at_camera()
    axe(window)
    choose(window, side="right")
    window.locator("#mass").fill("70")
    touch(window)
    axe(window)
    window.locator("#finish").wait_for(timeout=20_000)
    window.locator("#digits", has_text="5").wait_for(timeout=30_000)
    shot(window, "lab-camera-stage")
    axe(window)
    window.locator("#finish").click()
    window.locator("#outcome").wait_for()
    axe(window)
    no_sideways_scroll(window)
    shot(window, "lab-camera-outcome", whole=True)
    count = int(window.locator("#outcome-title").text_content().split()[0])
    shown = window.locator("#heights td").all_text_contents()
    assert len(shown) == count >= 5
    assert set(shown[1:-1]) == {"6"} or set(shown[1:-1]) == {"6.0"}, shown
    save(window)
    assert window.locator("h1").text_content() == f"{count} heel raises on the right leg"
    text = window.locator("main").text_content()
    assert "the same to the last digit" in text and "Method camera-sticker" in text
    assert "Smallest real change: 2.2 cm" in text and "needs your body weight" not in text
    axe(window)
    no_sideways_scroll(window)
    shot(window, "lab-camera-result", whole=True)

    file = newest(own_clinic, tmp_path)
    said = analyze("heel-raise", file, "--placement", "camera", "--side", "right", "--mass", "70")
    # The first and the last may be cut by the beginning and the end.
    heights = [raised["height_cm"] for raised in said["repetitions"]][1:-1]
    assert all(abs(height - HEIGHT_CM) < 0.05 for height in heights), heights
    assert said["method"] == "camera-sticker" and said["count"] == count and said["lost"] == 0
    assert said["mm_per_px"] == pytest.approx(video.MM_PER_PX, abs=0.01)
    with sqlite3.connect(f"file:{own_clinic.data}/soleus.sqlite?mode=ro", uri=True) as database:
        [content] = database.execute(
            "SELECT content FROM entry WHERE id = ?", [window.url.rsplit("/", 1)[1]]).fetchone()
    values = {each["fact"]: each["value"] for each in json.loads(content)["results"]}
    assert values == {
        "single_heel_raise_right": count, "heel_raise_height_right": said["summary"]["mean_height_cm"],
        "heel_raise_displacement_right": said["summary"]["displacement_cm"],
        "heel_raise_work_right": said["summary"]["work_j"]}

    therapist = page(width=1280)
    sign_in(therapist, own_clinic.link("therapist"))
    therapist.goto(chart_of(therapist, window.url.rsplit("/", 1)[1]))
    assert therapist.locator("h1").text_content() == f"{count} heel raises on the right leg"
    assert therapist.get_by_text("the same to the last digit").is_visible()
    axe(therapist)


def test_a_picture_without_a_sticker_says_so(at_camera, axe):
    window = at_camera()
    window.locator("#start").click()
    window.locator("#line", has_text="Touch the sticker").wait_for()
    box = window.locator("#canvas").bounding_box()
    window.mouse.click(box["x"] + 8, box["y"] + 8)
    window.locator("#hint", has_text="I do not see the sticker").wait_for()
    axe(window)
    window.get_by_role("heading", name="No heel raise was seen").wait_for(timeout=15_000)
    window.locator("#trouble [data-again]").click()
    assert window.locator("#start").is_visible()


def test_a_denied_camera_is_said_with_what_to_do(own_clinic, launch, sign_in, axe):
    browser = launch("--use-fake-device-for-media-stream")
    context = browser.new_context(base_url=own_clinic.url, viewport={"width": 360, "height": 740})
    window = context.new_page()
    sign_in(window, own_clinic.link(PATIENT))
    session = context.new_cdp_session(window)
    session.send("Browser.setPermission", {
        "permission": {"name": "camera"}, "setting": "denied",
        "browserContextId": session.send("Target.getTargetInfo")["targetInfo"]["browserContextId"]})
    window.goto("/lab/camera?task=bent")
    window.locator("#start").click()
    window.get_by_role("heading", name="The page may not use the camera").wait_for()
    assert 'answer "Allow"' in window.locator("#trouble-text").text_content()
    axe(window)


def test_a_locked_screen_ends_it(at_camera, axe):
    window = at_camera()
    touch(window)
    window.evaluate("document.dispatchEvent(new Event('freeze')), null")
    window.get_by_role("heading", name="The screen went off, so a part is missing").wait_for()
    axe(window)
