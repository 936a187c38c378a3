# SPDX-License-Identifier: Apache-2.0
"""The command line as somebody at a terminal meets it: what it says, and what it leaves untouched."""

import hashlib
import json
import shutil
import socket
import sqlite3

import pytest

from clinic import ROOT, Clinic, copy_of, soleus

PATHWAY = ROOT / "Sources/Clinical/Pathways/calf-tear"


def answers_file(tmp_path, text):
    path = tmp_path / "answers.json"
    path.write_text(text)
    return path


def screened(tmp_path, answers):
    path = answers_file(tmp_path, json.dumps({"answers": answers}))
    return json.loads(soleus("screen", "--answers", path, "--json").stdout)


def test_the_help_reads_like_a_manual_page():
    text = soleus("--help").stdout
    for word in ["serve", "demo", "screen", "pathway", "chart", "user", "EXIT STATUS"]:
        assert word in text, f"--help does not say {word}"
    for command in [["serve"], ["screen"], ["pathway", "check"], ["chart", "verify"], ["user", "add"]]:
        assert "OVERVIEW" in soleus(*command, "--help").stdout


def test_screening_says_the_disposition_with_reasons_and_what_is_unknown(tmp_path):
    said = screened(tmp_path, {"age_years": 41, "pe_breathless": "yes"})
    assert said["disposition"] == "emergency_now"
    first = said["reasons"][0]
    assert first["rule"] == "T-PE-1"
    assert "breath" in first["because"]
    assert "nidirect" in first["source"]
    assert "foot_numb" in said["unknown"]


def test_no_answer_at_all_is_never_self_care(tmp_path):
    assert screened(tmp_path, {})["disposition"] in {"book_evaluation", "same_day", "emergency_now"}


def test_somebody_below_18_is_sent_to_a_person(tmp_path):
    said = screened(tmp_path, {"age_years": 16})
    assert said["disposition"] != "self_care_monitor"
    assert "T-AGE-1" in [reason["rule"] for reason in said["reasons"]]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('{"answers": {"pain": 3}}', "'pain' is not a finding"),
        ('{"answers": {"pe_breathless": "perhaps"}}', "yes, no, unsure"),
        ('{"answers": {"pe_breathless": 1}}', "yes, no, unsure"),
        ('{"answers": {"age_years": "old"}}', "whole number"),
        ('{"answers": {"age_years": 41.5}}', "whole number"),
        ('{"answers": {"age_years": 130}}', "from 0 to 120"),
        ('{"answers": {"onset_days": -1}}', "from 0"),
        ('{"answers": {"onset_days": 1e400}}', "answers.json"),
        ('{"answers": {"onset": null}}', "'onset' must be a word or a number"),
        ('{"answers": {"onset": ["sudden"]}}', "'onset' must be a word or a number"),
        ('{"answers": []}', "answers"),
        ("{}", 'has no "answers"'),
        ("not JSON", "not JSON"),
        ("", "not JSON"),
    ],
)
def test_a_wrong_answers_file_is_refused_and_says_what_is_wrong(tmp_path, text, says):
    path = answers_file(tmp_path, text)
    refused = soleus("screen", "--answers", path, "--json", exit_code=1)
    assert says in refused.stderr, refused.stderr
    assert refused.stdout == ""
    assert str(path) in refused.stderr


def test_an_answers_file_that_is_not_there_is_named(tmp_path):
    assert "none.json" in soleus("screen", "--answers", tmp_path / "none.json", exit_code=1).stderr


def test_the_shipped_pathway_proves_its_safety_properties():
    said = json.loads(soleus("pathway", "check", "--json").stdout)
    assert said["holds"] is True
    assert len(said["properties"]) == 5
    assert all(found["tried"] > 0 and found["holds"] for found in said["properties"])
    assert said["unused_citations"] == []
    assert any("norms.yaml" in notice for notice in said["inactive"]), "recalled numbers are not named"


def test_the_pathway_is_shown_with_doses_and_sources():
    said = json.loads(soleus("pathway", "show", "--json").stdout)
    assert [phase["number"] for phase in said["phases"]] == [0, 1, 2, 3, 4, 5]
    for phase in said["phases"]:
        for part in phase["exercises"] + phase["exit"]:
            assert part["source"] and part["tag"] in {"F", "F2", "M", "S"}, part


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        ("screening.yaml", "disposition: emergency_now", "dispositon: emergency_now", "unknown key 'dispositon'"),
        ("screening.yaml", "[nidirect-pe,", "[nidirect-pee,", "unknown citation 'nidirect-pee'"),
        ("screening.yaml", "finding: pe_breathless", "finding: pe_breathles", "unknown finding 'pe_breathles'"),
        ("exercises.yaml", "sets: 2, reps: 15", "sets: 2, repetitions: 15", "unknown key 'repetitions'"),
        ("pathway.yaml", "tag: S }", "tag: X }", "unknown word 'X'"),
        ("findings.yaml", "type: integer", "type: [", "findings.yaml:"),
    ],
)
def test_a_malformed_pathway_is_refused_with_file_and_line(tmp_path, file, old, new, says):
    folder = tmp_path / "pathway"
    shutil.copytree(PATHWAY, folder)
    text = (folder / file).read_text()
    assert old in text
    line = text[: text.index(old)].count("\n") + 1
    (folder / file).write_text(text.replace(old, new, 1))
    refused = soleus("pathway", "check", "--pathway", folder, exit_code=1).stderr
    assert says in refused, refused
    named = int(refused.split(f"{file}:")[1].split(":")[0])
    assert abs(named - line) <= 1, f"line {named} is named, the fault is in line {line}"


def test_a_demo_never_touches_a_clinic_that_is_there(demo_data):
    before = hashlib.sha256((demo_data / "soleus.sqlite").read_bytes()).hexdigest()
    assert "already" in soleus("demo", "--data", demo_data, exit_code=1).stderr
    assert hashlib.sha256((demo_data / "soleus.sqlite").read_bytes()).hexdigest() == before


def test_a_missing_database_is_said_and_none_is_made(tmp_path):
    (tmp_path / "clinic.yaml").write_text((ROOT / "Sources/Web/Files/demo/clinic.yaml").read_text())
    refused = soleus("serve", "--data", tmp_path, "--port", "21999", exit_code=1).stderr
    assert "soleus.sqlite" in refused and "soleus user add" in refused
    assert not (tmp_path / "soleus.sqlite").exists()


def test_a_corrupt_database_is_refused_and_left_as_it_is(demo_data, tmp_path):
    data = copy_of(demo_data, tmp_path / "data")
    broken = data / "soleus.sqlite"
    broken.write_bytes(b"this was a database" * 1000)
    for extra in ("-wal", "-shm"):
        (data / f"soleus.sqlite{extra}").unlink(missing_ok=True)
    before = broken.read_bytes()
    refused = soleus("serve", "--data", data, "--port", "21998", exit_code=1).stderr
    assert "soleus.sqlite" in refused and "left as it is" in refused
    assert broken.read_bytes() == before


def test_a_clinic_file_with_a_mistake_names_the_line(demo_data, tmp_path):
    data = copy_of(demo_data, tmp_path / "data")
    text = (data / "clinic.yaml").read_text().replace("America/New_York", "America/Newark")
    (data / "clinic.yaml").write_text(text)
    refused = soleus("serve", "--data", data, "--port", "21997", exit_code=1).stderr
    assert "clinic.yaml:" in refused and "unknown time zone 'America/Newark'" in refused


def test_a_port_in_use_is_said(demo_data, tmp_path):
    data = copy_of(demo_data, tmp_path / "data")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        refused = soleus("serve", "--data", data, "--port", str(port), exit_code=1).stderr
    assert f"port {port}" in refused and "in use" in refused


def test_a_network_address_without_tls_is_refused(demo_data):
    refused = soleus("serve", "--data", demo_data, "--host", "0.0.0.0", exit_code=64).stderr
    assert "--plain-http" in refused


def test_charts_verify_and_an_altered_row_is_named(demo_data, tmp_path):
    data = copy_of(demo_data, tmp_path / "data")
    assert json.loads(soleus("chart", "verify", "--data", data, "--json").stdout)["holds"] is True
    with sqlite3.connect(data / "soleus.sqlite") as database:
        for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            database.execute(f'DROP TRIGGER "{name}"')
        episode, = database.execute("SELECT episode FROM entry WHERE sequence = 3 LIMIT 1").fetchone()
        database.execute(
            "UPDATE entry SET content = content || ' ' WHERE episode = ? AND sequence = 3", [episode])
    said = json.loads(soleus("chart", "verify", "--data", data, "--json", exit_code=2).stdout)
    assert said["holds"] is False
    assert episode in said["faults"][0] and "altered(3)" in said["faults"][0]


def test_a_chart_can_be_read_as_one_line_an_entry(demo_data, tmp_path):
    data = copy_of(demo_data, tmp_path / "data")
    lines = [json.loads(line) for line in soleus("chart", "show", "Demo, Rosa", "--data", data, "--json").stdout.splitlines()]
    assert [line["sequence"] for line in lines] == list(range(1, len(lines) + 1))
    assert {"evaluated", "plan_written", "session_logged", "checked_in", "flag_raised", "held"} <= {
        line["kind"] for line in lines}


def test_the_demo_has_people_at_every_point_of_the_way(demo_data, tmp_path):
    data = copy_of(demo_data, tmp_path / "data")
    with sqlite3.connect(data / "soleus.sqlite") as database:
        rows = [json.loads(row) for row, in database.execute("SELECT content FROM standing")]
    assert len(rows) >= 12
    assert any(row["openFlags"] for row in rows), "nobody has a red flag"
    assert any(row.get("toSign") for row in rows), "nothing waits for a signature"
    assert any(row["isClosed"] for row in rows), "nobody is discharged"
    assert any(not row["isEvaluated"] for row in rows), "nobody waits for an evaluation"
    assert {"red_flag", "sharp_stab", "not_settled"} <= {row.get("hold") for row in rows}


def test_a_new_clinic_begins_with_its_first_member_of_staff(tmp_path):
    (tmp_path / "clinic.yaml").write_text((ROOT / "Sources/Web/Files/demo/clinic.yaml").read_text())
    said = json.loads(
        soleus("user", "add", "--data", tmp_path, "--role", "admin", "--name", "Test, Ada",
               "--email", "ada@example.invalid", "--json").stdout)
    assert said["role"] == "admin" and "/enter/" in said["link"]
    again = soleus("user", "add", "--data", tmp_path, "--role", "desk", "--name", "Other",
                   "--email", "ADA@example.invalid", exit_code=1).stderr
    assert "already" in again
    soleus("user", "add", "--data", tmp_path, "--role", "patient", "--name", "X", "--email", "x@x", exit_code=64)


def test_a_signed_pathway_is_shown_without_the_banner(demo_data, tmp_path):
    data = copy_of(demo_data, tmp_path / "data")
    clinic = Clinic(data).start()
    assert "No clinician has signed" in clinic.get("/").body
    clinic.stop()
    soleus("pathway", "sign", "--data", data, "--clinician", "Test, Tess PT", "--licence", "40QA00000000")
    clinic = Clinic(data).start()
    assert "No clinician has signed" not in clinic.get("/").body
    clinic.stop()
    signature = data / "pathway-signature.yaml"
    signature.write_text(signature.read_text().replace("files: ", "files: 0"))
    refused = soleus("serve", "--data", data, "--port", "21996", exit_code=1).stderr
    assert "another version" in refused
