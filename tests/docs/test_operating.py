"""What docs/operating.md has operators copy works as it stands: the unit, the proxy, the settings, the alerts."""

import json
import os
import re
import shutil
import socket
import ssl
import subprocess
import tomllib
import urllib.request
from pathlib import Path

import pytest
import yaml
from prometheus_client.parser import text_string_to_metric_families

from icosa.workspace.http.metrics import Metrics
from icosa.workspace.http.watch import Watch
from tests.cli.test_serving import certificate, health, started
from tests.docs.pages import ROOT, Block, blocks, table
from tests.durability.servers import until
from tests.serving import free_port

PAGE = ROOT / "docs" / "operating.md"
PATIENCE_SECONDS = 30


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    for kind in ("config", "data", "state", "cache"):
        monkeypatch.setenv(f"XDG_{kind.upper()}_HOME", str(tmp_path / "home" / kind))
    monkeypatch.delenv("ICOSA_DATABASE", raising=False)


def block(language: str, holds: str = "") -> Block:
    return next(each for each in blocks(PAGE, language) if holds in each.text)


def settings(holds: str, folder: Path, **others: str) -> tuple[str, ...]:
    """The options of an example of settings, on a database of the test's own."""
    given = tomllib.loads(block("toml", holds).text)
    file = folder / "icosa.toml"
    given.update(database=f"sqlite:///{folder}/crm.db", **others)
    file.write_text("".join(f"{name} = {json.dumps(value)}\n" for name, value in given.items()))
    return "--config", str(file)


def test_the_unit_is_one_that_systemd_takes(tmp_path: Path) -> None:
    if not shutil.which("systemd-analyze"):
        pytest.skip("systemd is not installed")
    unit = tmp_path / "icosa.service"
    unit.write_text(block("ini").text.replace("/opt/icosa/bin/icosa", "/bin/true"))
    ran = subprocess.run(["systemd-analyze", "verify", "--man=no", str(unit)], capture_output=True, text=True, check=False)
    assert "icosa.service" not in ran.stderr, ran.stderr
    assert ran.returncode == 0


def test_the_settings_are_options(tmp_path: Path) -> None:
    port = free_port()
    options = settings("access-log", tmp_path)
    with started(*options, "--port", str(port)), urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=30) as answer:
        assert b"icosa_connections" in answer.read()


def test_tls_without_a_proxy(tmp_path: Path) -> None:
    chain, key = certificate(tmp_path / "tls", "crm.example.com")
    port = free_port()
    options = settings("tls-cert", tmp_path, **{"tls-cert": str(chain), "tls-key": str(key)})
    plain = socket.socket()
    with started(*options, "--port", str(port)), plain:
        plain.connect(("127.0.0.1", port))
        with ssl.create_default_context(cafile=str(chain)).wrap_socket(plain, server_hostname="localhost") as secure:
            assert health(secure) == "ok"


def test_the_proxy(tmp_path: Path) -> None:
    nginx = shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/bin:/opt/homebrew/bin")
    if nginx is None:
        pytest.skip("nginx is not installed (on Debian: apt install nginx-light)")
    chain, key = certificate(tmp_path / "tls", "crm.example.com")
    port, at = free_port(), tmp_path / "s"
    site = block("nginx").text
    for was, becomes in (
        ("/run/icosa/icosa.sock", str(at)),
        ("/etc/ssl/crm/chain.pem", str(chain)),
        ("/etc/ssl/crm/key.pem", str(key)),
        ("listen 443 ssl", f"listen 127.0.0.1:{port} ssl"),
    ):
        assert was in site
        site = site.replace(was, becomes)
    paths = "".join(f"{name}_temp_path {tmp_path}/{name};\n" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    whole = tmp_path / "nginx.conf"
    user = "user root;" if os.getuid() == 0 else ""
    whole.write_text(f"{user} daemon off; pid {tmp_path}/pid; events {{}}\nhttp {{\naccess_log off;\n{paths}{site}}}\n")
    command = [nginx, "-e", "stderr", "-p", str(tmp_path), "-c", str(whole)]
    with started(*settings("socket", tmp_path, socket=str(at))), subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as proxy:
        try:
            until(lambda: proxy.poll() is not None or _listens(port), "nginx to listen", PATIENCE_SECONDS)
            assert proxy.poll() is None, proxy.stderr and proxy.stderr.read()
            assert _status(port, chain, "/healthz") == b"200"
            assert _status(port, chain, "/metrics") == b"403"
        finally:
            proxy.terminate()


def _listens(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
    except OSError:
        return False
    return True


def _status(port: int, chain: Path, path: str) -> bytes:
    plain = socket.create_connection(("127.0.0.1", port), PATIENCE_SECONDS)
    with plain, ssl.create_default_context(cafile=str(chain)).wrap_socket(plain, server_hostname="localhost") as secure:
        secure.sendall(f"GET {path} HTTP/1.1\r\nHost: crm.example.com\r\nConnection: close\r\n\r\n".encode())
        return secure.recv(100).split()[1]


def after_an_answer() -> Metrics:
    metrics = Metrics()
    watch = Watch(metrics, None)
    watch.note((1.0, 0.001, "GET", "/rest/people", "", None, 200, 2, ()))
    watch.hand_on()
    return metrics


def test_alerts_are_rules_as_prometheus_takes_them(tmp_path: Path) -> None:
    metrics = after_an_answer()
    labels = {label for family in text_string_to_metric_families(metrics.text()) for each in family.samples for label in each.labels}
    (group,) = yaml.safe_load(block("yaml").text)["groups"]
    assert group.keys() == {"name", "rules"}
    for rule in group["rules"]:
        assert rule.keys() == {"alert", "expr", "for"}
        assert re.fullmatch(r"\w+", rule["alert"])
        assert re.fullmatch(r"\d+[smhd]", rule["for"])
        without_texts = re.sub(r'"[^"]*"', '""', rule["expr"])
        assert set(re.findall(r"(\w+) ?\(", without_texts)) <= {"sum", "rate", "histogram_quantile", "by"}
        assert set(re.findall(r"(\w+)(?:=|=~)\"", without_texts)) | set(re.findall(r"by \((\w+)\)", without_texts)) <= labels
        assert all(without_texts.count(opening) == without_texts.count(closing) for opening, closing in ("()", "[]", "{}"))
    promtool = shutil.which("promtool")
    if promtool:
        (tmp_path / "rules.yaml").write_text(block("yaml").text)
        subprocess.run([promtool, "check", "rules", str(tmp_path / "rules.yaml")], check=True)


def test_alerts_and_the_table_name_numbers_that_there_are() -> None:
    metrics = after_an_answer()
    counted = set(re.findall(r"^# TYPE (\w+)", metrics.text(), re.MULTILINE))
    named = {re.sub(r"_bucket$", "", each) for each in re.findall(r"icosa_\w+", block("yaml").text)}
    assert named <= counted
    of_stores = {"icosa_database_bytes", "icosa_log_bytes", "icosa_pool_connections", "icosa_pool_in_use", "icosa_outbox_events"}
    described = {name for row in table(PAGE, "Number") for name in re.findall(r"icosa_\w+", row[0])}
    assert described == counted | of_stores
