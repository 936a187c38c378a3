# SPDX-License-Identifier: Apache-2.0
"""TLS as a browser, a scanner and an administrator meet it."""

import hashlib
import socket
import ssl
import stat
import subprocess

import pytest

from clinic import Clinic, copy_of, free_port, soleus, trusting

HEADERS = [
    "content-security-policy", "x-content-type-options", "referrer-policy", "cross-origin-opener-policy",
    "cross-origin-resource-policy", "permissions-policy", "cache-control", "strict-transport-security",
]


@pytest.fixture(scope="module")
def secure(demo_data, tmp_path_factory):
    """A clinic that made its own certificate."""
    data = copy_of(demo_data, tmp_path_factory.mktemp("secure") / "data")
    running = Clinic(data, ("--tls-self-signed",)).start()
    yield running
    running.stop()


def port_of(clinic):
    return int(clinic.url.rsplit(":", 1)[1])


def shake_hands(clinic, context):
    with socket.create_connection(("127.0.0.1", port_of(clinic)), timeout=10) as plain:
        with context.wrap_socket(plain, server_hostname="localhost") as secured:
            return secured.version(), secured.cipher()[0], secured.getpeercert(binary_form=True)


def only(version):
    context = trusting()
    # Lowered on this side, so that it is the server that refuses the old versions.
    context.set_ciphers("ALL:@SECLEVEL=0")
    context.minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED
    context.maximum_version = version
    context.minimum_version = version
    return context


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1])
def test_an_old_version_is_refused_by_the_server(secure, version):
    with pytest.raises(ssl.SSLError) as refused:
        shake_hands(secure, only(version))
    assert "ALERT_PROTOCOL_VERSION" in str(refused.value).upper().replace(" ", "_"), refused.value


@pytest.mark.parametrize(
    ("version", "name"), [(ssl.TLSVersion.TLSv1_2, "TLSv1.2"), (ssl.TLSVersion.TLSv1_3, "TLSv1.3")])
def test_a_current_version_is_accepted(secure, version, name):
    assert shake_hands(secure, only(version))[0] == name


@pytest.mark.parametrize("cipher", ["AES128-GCM-SHA256", "ECDHE-ECDSA-AES128-SHA", "AES256-SHA"])
def test_no_cipher_without_forward_secrecy_or_without_aead(secure, cipher):
    context = only(ssl.TLSVersion.TLSv1_2)
    context.set_ciphers(f"{cipher}:@SECLEVEL=0")
    with pytest.raises(ssl.SSLError) as refused:
        shake_hands(secure, context)
    assert "HANDSHAKE_FAILURE" in str(refused.value).upper(), refused.value


@pytest.mark.parametrize(("path", "status"), [("/", 200), ("/no-such-page", 404), ("/today", 303)])
def test_every_answer_over_tls_has_the_headers(secure, path, status):
    answer = secure.get(path)
    assert answer.status == status
    assert [name for name in HEADERS if name not in answer.headers] == []
    assert answer.headers["strict-transport-security"].startswith("max-age=31536000")


def test_plain_http_on_the_tls_port_gets_no_page(secure):
    with socket.create_connection(("127.0.0.1", port_of(secure)), timeout=10) as plain:
        plain.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert b"HTTP/1.1 200" not in plain.recv(4096)


def test_a_handshake_that_never_comes_is_ended(secure):
    with socket.create_connection(("127.0.0.1", port_of(secure)), timeout=30) as silent:
        # The server closes after 10 s; without a limit this would wait until its idle limit of 60 s.
        assert silent.recv(1) == b""


def test_the_certificate_is_trusted_under_each_name_and_its_fingerprint_is_printed(secure):
    kept = secure.data / "tls-self-signed.pem"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    for name in ["localhost", "127.0.0.1", socket.gethostname()]:
        context = ssl.create_default_context(cafile=str(kept))
        with socket.create_connection(("127.0.0.1", port_of(secure)), timeout=10) as plain:
            with context.wrap_socket(plain, server_hostname=name) as secured:
                shown = secured.getpeercert(binary_form=True)
    printed = next(line for line in secure.log if "SHA-256" in line).split(": ")[1]
    assert printed.replace(":", "").lower() == hashlib.sha256(shown).hexdigest()


def test_the_certificate_is_kept_over_a_restart_and_made_anew_when_it_is_about_to_end(demo_data, tmp_path):
    data = copy_of(demo_data, tmp_path / "data")

    def fingerprint():
        clinic = Clinic(data, ("--tls-self-signed",)).start()
        clinic.stop()
        return next(line for line in clinic.log if "SHA-256" in line)

    first = fingerprint()
    assert fingerprint() == first
    kept = data / "tls-self-signed.pem"
    names = ",".join(
        ["DNS:localhost", f"DNS:{socket.gethostname()}", f"DNS:{socket.gethostname()}.local",
         "IP:127.0.0.1", "IP:::1"])
    key, certificate = made(tmp_path, days=29, names=names)
    kept.write_text(certificate.read_text() + key.read_text())
    assert fingerprint() != first
    said = subprocess.run(
        ["openssl", "x509", "-in", kept, "-noout", "-checkend", str(300 * 86400)], capture_output=True)
    assert said.returncode == 0, "the new certificate ends within 300 days"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


def test_somebody_signs_in_over_tls_and_the_cookie_is_bound_to_it(secure, page, sign_in):
    window = page(at=secure)
    sign_in(window, secure.link("desk"))
    assert window.url.startswith("https://")
    cookies = {cookie["name"]: cookie for cookie in window.context.cookies()}
    assert cookies["__Host-sid"]["secure"] and cookies["__Host-sid"]["httpOnly"]
    assert window.goto("/people").status == 200


def made(folder, days=90, names="DNS:localhost", label="own"):
    """A key and a certificate of an administrator."""
    key, certificate = folder / f"{label}.key", folder / f"{label}.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
         "-keyout", key, "-out", certificate, "-days", str(days), "-subj", "/CN=test", "-addext",
         f"subjectAltName={names}"],
        check=True, capture_output=True)
    return key, certificate


def test_the_clinics_own_certificate_is_served(demo_data, tmp_path):
    key, certificate = made(tmp_path)
    clinic = Clinic(
        copy_of(demo_data, tmp_path / "data"),
        ("--tls-cert", str(certificate), "--tls-key", str(key))).start()
    shown = shake_hands(clinic, only(ssl.TLSVersion.TLSv1_3))[2]
    clinic.stop()
    assert ssl.DER_cert_to_PEM_cert(shown).strip() in certificate.read_text()
    assert not (clinic.data / "tls-self-signed.pem").exists()


def expired(folder):
    key, request = folder / "old.key", folder / "old.csr"
    subprocess.run(
        ["openssl", "req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout",
         key, "-out", request, "-subj", "/CN=test"], check=True, capture_output=True)
    subprocess.run(
        ["openssl", "x509", "-req", "-in", request, "-signkey", key, "-out", folder / "old.pem", "-days",
         "-1"], check=True, capture_output=True)
    return key, folder / "old.pem"


BAD = {
    "no certificate": (lambda f, k, c: (f / "none.pem", k), "none.pem: there is no such file"),
    "no key": (lambda f, k, c: (c, f / "none.key"), "none.key: there is no such file"),
    "a folder": (lambda f, k, c: (f, k), "cannot be read"),
    "not a certificate": (lambda f, k, c: (k, k), "holds no certificate"),
    "not a key": (lambda f, k, c: (c, c), "holds no private key"),
    "a key of another": (lambda f, k, c: (c, made(f, label="other")[0]), "is not the key of the certificate"),
    "binary": (lambda f, k, c: (written(f / "x.pem", b"\xff\xfe\x00" * 9), k), "is not a PEM file"),
    "empty": (lambda f, k, c: (written(f / "x.pem", b""), k), "holds no certificate"),
    "damaged": (
        lambda f, k, c: (written(f / "x.pem", c.read_bytes().replace(b"M", b"N", 3)), k),
        "holds no certificate"),
    "expired": (lambda f, k, c: tuple(reversed(expired(f))), "the certificate expired on"),
    "locked": (
        lambda f, k, c: (c, written(f / "x.key", b"-----BEGIN ENCRYPTED PRIVATE KEY-----\n")),
        "locked with a passphrase"),
}


def written(path, content):
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("case", BAD)
def test_bad_files_are_refused_in_one_clear_sentence(demo_data, tmp_path, case):
    key, certificate = made(tmp_path)
    files, says = BAD[case]
    certificate, key = files(tmp_path, key, certificate)
    refused = soleus(
        "serve", "--data", demo_data, "--port", free_port(), "--tls-cert", certificate, "--tls-key", key,
        exit_code=1)
    assert says in refused.stderr, refused.stderr
    assert refused.stderr.count("\n") == 1 and refused.stdout == ""


def test_an_unreadable_key_is_refused(demo_data, tmp_path):
    key, certificate = made(tmp_path)
    key.chmod(0)
    try:
        key.read_bytes()
        pytest.skip("this user may read every file")
    except PermissionError:
        refused = soleus(
            "serve", "--data", demo_data, "--tls-cert", certificate, "--tls-key", key, exit_code=1)
    assert "cannot be read" in refused.stderr


def test_a_damaged_certificate_of_its_own_is_left_as_it_is(demo_data, tmp_path):
    data = copy_of(demo_data, tmp_path / "data")
    kept = written(data / "tls-self-signed.pem", b"precious")
    refused = soleus("serve", "--data", data, "--port", free_port(), "--tls-self-signed", exit_code=1)
    assert "tls-self-signed.pem: holds no certificate" in refused.stderr
    assert kept.read_bytes() == b"precious"


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--tls-cert", "a.pem"], "--tls-key"),
        (["--tls-key", "a.key"], "--tls-cert"),
        (["--tls-self-signed", "--tls-cert", "a.pem", "--tls-key", "a.key"], "either"),
        (["--tls-self-signed", "--public-url", "http://localhost"], "https://"),
    ],
)
def test_options_that_contradict_each_other_are_refused(demo_data, options, says):
    assert says in soleus("serve", "--data", demo_data, *options, exit_code=64).stderr
