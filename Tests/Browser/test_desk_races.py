# SPDX-License-Identifier: Apache-2.0
"""The desk's acts at once, from two servers: of all who want one thing, one has it, and nothing is half done."""

import collections
from datetime import timedelta

import pytest
from races import Desk, Wish, form, half_off, hold, one_each


@pytest.fixture(scope="module")
def desk(pair):
    return Desk(pair)


def test_a_series_is_booked_whole_or_not_at_all(pair, desk):
    """Six weeks each, against one another and against visitors who want the fourth week's time."""
    starts = pair.weekly_hour()
    fourth = starts + timedelta(weeks=3)
    one_each(pair.race(
        [desk.book(half_off(starts, number), weeks=6) for number in range(8)]
        + [hold(half_off(fourth, number)) for number in range(8)]))
    pair.whole()


def test_a_series_with_whoever_is_free_all_weeks(pair, desk):
    starts = pair.weekly_hour()
    second = starts + timedelta(weeks=1)
    one_each(pair.race(
        [desk.book(half_off(starts, number), "talk", weeks=6) for number in range(8)]
        + [hold(half_off(second, number), "talk") for number in range(4)]), winners=4)
    pair.whole()
    assert pair.rows.ask(
        "SELECT series FROM appointment WHERE series IS NOT NULL GROUP BY series HAVING COUNT(DISTINCT therapist) > 1"
    ) == [], "a series has one therapist"


def test_a_patient_is_in_one_place(pair, desk):
    """The same patient, booked with four therapists for times that overlap."""
    starts, = pair.hours(1)
    patient = pair.rows.ask("SELECT id FROM person WHERE role = 'patient' ORDER BY id LIMIT 1")[0][0]
    one_each(pair.race([
        desk.book(half_off(starts, number // 4), "talk", pair.therapists[name], patient=patient)
        for number, name in enumerate(["tess", "ada", "ben", "cleo"] * 2)]))
    pair.whole()


def test_many_are_moved_to_one_freed_time(pair, desk):
    *times, freed = pair.hours(7)
    gone = desk.booked(freed)
    assert pair.ask(desk.act(gone, "cancel", reason="test")).status == 200
    moved = [desk.booked(starts) for starts in times]
    answers = pair.race([
        desk.act(each, "move", starts=half_off(freed, number).strftime("%Y-%m-%dT%H:%M:%S.000Z"))
        for number, each in enumerate(moved)])
    one_each(answers, won=200)
    pair.whole()


def test_many_are_given_to_one_therapist(pair, desk):
    """Three with others at times that overlap, all given to Tess at once, and visitors who want her as well."""
    starts, = pair.hours(1)
    given = [
        desk.booked(half_off(starts, number), "talk", pair.therapists[name])
        for number, name in enumerate(["ada", "ben", "cleo"])]
    answers = pair.race(
        [desk.act(each, "reassign", therapist=pair.therapists["tess"], place="") for each in given * 2]
        + [hold(half_off(starts, number)) for number in range(4)])
    statuses = collections.Counter((answer.status, answer.error) for answer in answers)
    assert {answer.status for answer in answers} <= {200, 201, 409}, statuses
    assert sum(answer.status in {200, 201} for answer in answers) == 1, statuses
    pair.whole()


def test_cancelled_ones_are_taken_up_again(pair, desk):
    """Four were booked for one time and cancelled, one after the other; all are restored at once."""
    starts, = pair.hours(1)
    gone = []
    for number in range(4):
        each = desk.booked(half_off(starts, number))
        assert pair.ask(desk.act(each, "cancel", reason="test")).status == 200
        gone.append(each)
    answers = pair.race(
        [desk.act(each, "restore", version=2) for each in gone * 2]
        + [hold(half_off(starts, number)) for number in range(4)])
    statuses = collections.Counter((answer.status, answer.error) for answer in answers)
    assert {answer.status for answer in answers} <= {200, 201, 409}, statuses
    assert sum(answer.status in {200, 201} for answer in answers) == 1, statuses
    pair.whole()


def test_two_are_swapped_once(pair, desk):
    """Each of five with each other: whoever was swapped is not what the next one saw."""
    times = pair.hours(5)
    all_five = [desk.booked(starts) for starts in times]

    def places() -> list[list[str]]:
        names = ", ".join(f"'{each}'" for each in all_five)
        return pair.rows.ask(f"SELECT starts_at, therapist FROM appointment WHERE id IN ({names}) ORDER BY 1, 2")

    before = places()
    pairs = [(one, other) for one in all_five for other in all_five if one != other]
    answers = pair.race([desk.act(one, "swap", other=f"{other} 1") for one, other in pairs])
    statuses = collections.Counter((answer.status, answer.error) for answer in answers)
    assert set(statuses) == {(200, ""), (409, "changed")}, statuses
    # Each is swapped once at most, so that two pairs were and one is left.
    assert 1 <= statuses[200, ""] <= 2
    assert places() == before, "a swap exchanges times and makes none"
    pair.whole()


def test_a_form_of_the_desk_sent_many_times_is_done_once(pair, desk):
    other, third = pair.hours(2)
    series = pair.race([desk.book(pair.weekly_hour(), weeks=6)] * 8)
    assert {answer.status for answer in series} == {201} and len({answer.body["id"] for answer in series}) == 1
    one, two = desk.booked(other), desk.booked(third)
    for act, fields in [("swap", {"other": f"{two} 1"}), ("cancel", {"version": 2, "reason": "test"})]:
        wish = desk.act(one, act, **fields)
        assert {(answer.status, answer.body.get("id")) for answer in pair.race([wish] * 8)} == {(200, one)}
    assert pair.rows.ask(f"SELECT version, sequence FROM appointment WHERE id = '{one}'") == [["3", "2"]]
    pair.whole()


def test_a_form_with_another_wish_in_it_is_refused(pair, desk):
    starts, = pair.hours(1)
    wish = hold(starts)
    other = Wish(wish.path, {**wish.fields, "therapist": pair.therapists["tess"]})
    statuses = collections.Counter((answer.status, answer.error) for answer in pair.race([wish, other] * 4))
    assert statuses == {(201, ""): 4, (422, "form_reused"): 4}, statuses
    pair.whole()
