# SPDX-License-Identifier: Apache-2.0
"""What the command line says when something is wrong: one sentence that names the place and the reason."""

import resource
import signal
import subprocess

import pytest
from clinic import ROOT, binary, copy_of, soleus

PLAIN = ("serve", "--plain-http", "--data", "{data}", "--host")


@pytest.mark.parametrize(("arguments", "says"), [
    (("demo", "--data", "/proc/new"), "/proc/new: No such file or directory."),
    (("demo", "--data", "{file}"), "{file}: File exists."),
    (("serve", "--data", "{missing}"), "{missing}/soleus.sqlite: there is no such file."),
    ((*PLAIN, "nowhere.invalid"), "cannot listen on nowhere.invalid: there is no such address."),
    ((*PLAIN, "192.0.2.1"), "cannot listen on 192.0.2.1:8080: Cannot assign requested address."),
    (("pathway", "show", "--pathway", "{file}"), "{file}: there is no such folder"),
    (("pathway", "show", "--pathway", "{missing}"), "{missing}: there is no such folder"),
    (("pathway", "sign", "--data", "{missing}", "--clinician", "A", "--licence", "B"), "{missing}: there is no such"),
    (("user", "add", "--data", "{spoilt}", "--role", "desk", "--name", "A", "--email", "a@b.example"),
     "{spoilt}/clinic.yaml: cannot be read as UTF-8 text."),
    (("screen", "--answers", "-"), "standard input: is not JSON"),
    (("screen", "--answers", "{missing}"), "{missing}: cannot be read."),
    (("copy", "--from", "{missing}", "--to", "{missing}"), "{missing}: there is no such file."),
    (("copy", "--from", "{data}/soleus.sqlite", "--to", "{missing}/new/x.sqlite"), "{missing}/new"),
    (("link", "nobody", "--data", "{data}"), "nobody here is called 'nobody'."),
    (("chart", "show", "nobody", "--data", "{data}"), "'nobody' is nobody with a chart here."),
    (("analyze", "gait", "{missing}", "--placement", "lower-back"), "{missing}: there is no such file"),
])
def test_one_sentence_says_what_and_where(demo_data, tmp_path, arguments, says):
    spoilt = copy_of(demo_data, tmp_path / "spoilt")
    (spoilt / "clinic.yaml").write_bytes(b"name: \xff\xfe")
    places = {"data": demo_data, "spoilt": spoilt, "missing": tmp_path / "missing", "file": ROOT / "LICENSE"}
    refused = soleus(*(each.format(**places) for each in arguments), exit_code=1).stderr
    assert refused.startswith("soleus: ") and refused.count("\n") == 1, refused
    assert says.format(**places) in refused
    assert not (tmp_path / "missing").exists()


@pytest.mark.parametrize(("options", "says"), [
    (["--trusted-proxy", "proxy.example"], "--trusted-proxy 'proxy.example' is no IP address"),
    (["--port", "0"], "--port must be from 1 to 65535"),
    (["--public-url", "ftp://clinic.example"], "--public-url must begin with https://"),
    (["--chores", "0"], "--chores must be from 1 to 3600"),
])
def test_an_option_that_cannot_be_is_named(demo_data, options, says):
    assert says in soleus("serve", "--data", demo_data, *options, exit_code=64).stderr


def test_a_disk_that_is_full_leaves_no_half_clinic(tmp_path):
    """As the disk's end, the largest file that the program may write."""

    def limit():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, 1 << 20))

    data = tmp_path / "data"
    done = subprocess.run(
        [str(binary()), "demo", "--data", str(data)], preexec_fn=limit, capture_output=True, text=True, timeout=120,
        check=False)
    assert done.returncode == 1, done.stderr
    assert done.stderr.startswith("soleus: ") and done.stderr.count("\n") == 1, done.stderr
    assert list(data.iterdir()) == [], "a second try would be refused because a clinic is there already"
