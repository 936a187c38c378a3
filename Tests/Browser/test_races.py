# SPDX-License-Identifier: Apache-2.0
"""Many visitors, two server processes, one database: whatever they do at once, a time is booked once.

`--race-slots 500` runs the big one, which prints how long the answers took.
"""

import collections
import hashlib
import random
from datetime import datetime, timedelta, timezone

import pytest
from races import RAYS_DAY, Wish, confirm, form, half_off, hold, one_each, text

CLIENTS = [2, 8, 64, 200]


@pytest.mark.parametrize("clients", CLIENTS)
def test_one_winner_for_each_time(pair, request, capsys, clients):
    slots = request.config.getoption("--race-slots") or max(2, 128 // clients)
    answers = []
    for starts in pair.hours(slots):
        wave = pair.race([
            hold(half_off(starts, number), "treatment", pair.therapists["tess"]) for number in range(clients)])
        one_each(wave)
        answers += wave
    pair.whole()
    took = sorted(answer.seconds * 1000 for answer in answers)
    with capsys.disabled():
        print(f"\n{pair.name}: {clients} clients at once for each of {slots} times, {len(took)} answers: "
              f"median {took[len(took) // 2]:.0f} ms, p99 {took[len(took) * 99 // 100]:.0f} ms, "
              f"longest {took[-1]:.0f} ms")


@pytest.mark.parametrize(("service", "winners"), [
    pytest.param("talk", 4, id="as many as there are therapists"),
    pytest.param("treatment", 2, id="as many as there are tables"),
    pytest.param("evaluation", 1, id="as many as there are rooms")])
def test_whoever_is_free(pair, service, winners):
    starts, = pair.hours(1)
    one_each(pair.race([hold(half_off(starts, number), service) for number in range(16)]), winners)
    pair.whole()


def test_many_move_to_one_freed_time(pair):
    *times, freed = pair.hours(9)
    pair.ask(Wish(f"{pair.booked(freed)}/cancel", {"form": form()}))
    movers = [pair.booked(starts) for starts in times]
    moves = [
        Wish(f"{manage}/move", {"form": form(), "starts": text(half_off(freed, number))})
        for number, manage in enumerate(movers)]
    one_each(pair.race(moves + [hold(half_off(freed, number)) for number in range(8)]))
    pair.whole()


def test_all_acts_at_once_on_the_same_few_times(pair):
    """Confirming, moving, cancelling, holding and waiting; nobody is told that the server failed."""
    times = pair.hours(6)
    held = [pair.ask(hold(starts)).body["manage"] for starts in times]
    confirmed = pair.race([confirm(manage, number) for number, manage in enumerate(held * 2)])
    assert {answer.status for answer in confirmed} <= {201, 409}, confirmed
    assert len({answer.body["id"] for answer in confirmed if answer.status == 201}) == len(times)
    target = times[-1] + timedelta(hours=1)
    mixed = [Wish(f"{manage}/move", {"form": form(), "starts": text(target)}) for manage in held]
    mixed += [hold(half_off(target, number)) for number in range(12)]
    mixed += [Wish(f"{manage}/cancel", {"form": form()}) for manage in held[:3]]
    mixed += [waiting("solo", target, number) for number in range(6)]
    random.shuffle(mixed)
    statuses = collections.Counter(answer.status for answer in pair.race(mixed))
    assert set(statuses) <= {201, 303, 409}, f"{statuses}\n{pair.servers[0].tail()}"
    pair.whole()


def test_nobody_has_more_open_bookings_than_the_clinic_allows(pair):
    held = [pair.ask(hold(starts)).body["manage"] for starts in pair.hours(8)]
    answers = pair.race([confirm(manage, 77_000) for manage in held])
    statuses = collections.Counter((answer.status, answer.error) for answer in answers)
    assert statuses == {(201, ""): 3, (422, "too_many"): 5}


def waiting(service: str, latest: datetime, number: int) -> Wish:
    return Wish("/book/waiting", {
        "form": form(), "service": service, "therapist": "", "name": f"Wait {number}",
        "phone": f"555 2{number:08d}", "email": "", "latest": latest.strftime("%Y-%m-%d")})


def test_a_freed_time_is_offered_once_and_accepted_once(pair):
    """Ray has one time a week. Somebody has it, six wait for it, and visitors look for it."""
    time = datetime(RAYS_DAY.year, RAYS_DAY.month, RAYS_DAY.day, 10, tzinfo=timezone.utc)
    start = int(time.timestamp()) // 60

    def takers() -> list[list[str]]:
        return pair.rows.ask(
            f"""SELECT a.id, a.status, a.created_by FROM appointment_claim c JOIN appointment a ON a.id = c.appointment
                WHERE c.resource = 'therapist:{pair.therapists["ray"]}' AND c.active = 1 AND c.starts = {start}""")

    def offered() -> str:
        """The path on which the offer is answered, as its message says it."""
        (taker, status, maker), = takers()
        assert (status, maker) == ("held", "waiting"), takers()
        secret = form()
        pair.rows.ask(
            f"""INSERT INTO appointment_link (hash, appointment, created_at)
                VALUES ('{hashlib.sha256(secret.encode()).hexdigest()}', '{taker}', '{text(datetime.now(timezone.utc))}')""")
        return f"/book/manage/{secret}"

    owner = pair.booked(time, "rare")
    assert {answer.status for answer in pair.race([waiting("rare", time, number) for number in range(6)])} == {303}
    assert [row[1:] for row in takers()] == [["booked", "visitor"]], "nobody is offered what is taken"

    # Freed twice by one form, while visitors want it: an offer or one of them has it.
    freed = Wish(f"{owner}/cancel", {"form": form()})
    answers = pair.race([freed, freed] + [hold(time, "rare") for _ in range(10)])
    assert [answer.status for answer in answers[:2]] == [201, 201]
    assert len(takers()) == 1
    quicker = [answer.body["manage"] for answer in answers[2:] if answer.status == 201]
    assert len(quicker) == (takers()[0][2] == "visitor")
    for manage in quicker:
        pair.ask(Wish(f"{manage}/cancel", {"form": form()}))

    # The offer is accepted again and again, by two tabs and a mail program, while others want the time.
    offer = offered()
    answers = pair.race([confirm(offer, 88_000) for _ in range(8)] + [hold(time, "rare") for _ in range(8)])
    assert {answer.status for answer in answers[:8]} <= {201, 409}
    assert len({answer.body["id"] for answer in answers[:8] if answer.status == 201}) == 1
    assert {(answer.status, answer.error) for answer in answers[8:]} == {(409, "taken")}
    (taker, status, _), = takers()
    assert status == "booked"
    assert pair.rows.ask(f"SELECT status FROM waiting WHERE offer = '{taker}'") == [["booked"]]
    kinds = f"SELECT kind FROM outbox_message WHERE appointment = '{taker}' AND kind = 'confirmation'"
    assert pair.rows.ask(kinds) == [["confirmation"]], "one confirmation, however often it was accepted"

    # Given back, offered to the next, and not answered in time: whoever comes first has it.
    pair.ask(Wish(f"{offer}/cancel", {"form": form()}))
    late = offered()
    over = text(datetime.now(timezone.utc) - timedelta(seconds=1))
    for table, key in [("appointment", "id"), ("appointment_claim", "appointment")]:
        pair.rows.ask(f"UPDATE {table} SET held_until = '{over}' WHERE {key} = '{takers()[0][0]}'")
    answers = pair.race([hold(time, "rare") for _ in range(8)] + [confirm(late, 89_000) for _ in range(4)])
    assert {answer.status for answer in answers} <= {201, 409}
    assert len({answer.body["id"] for answer in answers if answer.status == 201}) == 1
    assert len(takers()) == 1
    pair.whole()


def test_a_form_sent_many_times_is_one_booking(pair):
    """Held, confirmed and moved by eight copies of one form each; then once more after a restart."""
    first, later = pair.hours(2)

    def same(wish: Wish) -> dict:
        answers = pair.race([wish] * 8)
        assert len({(answer.status, str(answer.body)) for answer in answers}) == 1, answers
        assert answers[0].status == 201
        return answers[0].body

    held = hold(first)
    made = same(held)
    same(confirm(made["manage"], pair.guest()))
    same(Wish(f"{made['manage']}/move", {"form": form(), "starts": text(later)}))
    pair.servers[0].stop()
    pair.servers[0].links.clear()
    pair.servers[0].start()
    again = pair.ask(held)
    assert (again.status, again.body["id"], again.body["manage"]) == (201, made["id"], made["manage"])
    assert pair.rows.ask(f"SELECT sequence, starts_at FROM appointment WHERE id = '{made['id']}'") == [
        ["1", text(later)]], "moved once"
    assert pair.rows.ask(
        f"SELECT COUNT(*) FROM appointment WHERE starts_at IN ('{text(first)}', '{text(later)}')") == [["1"]]
    pair.whole()
