"""The container file of docs/operating.md: where there is no builder, each of its steps is done without one."""

import json
import os
import shlex
import shutil
import subprocess
import sys
import tomllib
import urllib.request
from importlib.metadata import Distribution, distributions
from pathlib import Path

import pytest

from tests.docs.pages import ROOT, blocks
from tests.durability.servers import until
from tests.serving import free_port

PAGE = ROOT / "docs" / "operating.md"
FOLDER = "/build"


Steps = list[tuple[str, str]]


@pytest.fixture(scope="module")
def steps() -> Steps:
    """Instruction and what stands behind it, in order."""
    (block,) = blocks(PAGE, "dockerfile")
    return [(name, rest) for name, _, rest in (line.partition(" ") for line in block.text.splitlines())]


def one(steps: Steps, instruction: str) -> str:
    (found,) = [rest for name, rest in steps if name == instruction]
    return found


def commands(steps: Steps) -> dict[str, list[str]]:
    """The commands of RUN by their programs."""
    split = [shlex.split(each) for each in one(steps, "RUN").split("&&")]
    return {words[0]: words[1:] for words in split}


def copied(steps: Steps, root: Path) -> None:
    """Does what COPY says, below another root."""
    for name, rest in steps:
        if name == "COPY":
            *sources, target = rest.split()
            to = root / target.lstrip("/")
            for each in sources:
                if (ROOT / each).is_dir():  # of which the content is copied
                    shutil.copytree(ROOT / each, to, ignore=shutil.ignore_patterns("__pycache__"), dirs_exist_ok=True)
                else:
                    to.mkdir(parents=True, exist_ok=True)
                    shutil.copy(ROOT / each, to)


@pytest.fixture(scope="module")
def installed(steps: Steps, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Distribution]:
    """Where Icosa is after the pip of RUN, and what it says of itself; what it needs is that of the tests."""
    root = tmp_path_factory.mktemp("root")
    copied(steps, root)
    verb, *options, wanted = commands(steps)["pip"]
    assert verb == "install"
    site = root / "site"
    quiet = ("--no-deps", "--no-build-isolation", "--no-index", "--disable-pip-version-check", "--quiet", "--target", str(site))
    pip = [sys.executable, "-m", "pip", verb, *options, *quiet, str(root) + wanted]
    ran = subprocess.run(pip, capture_output=True, text=True, check=False, timeout=300, env={**os.environ, "PYTHONPATH": ""})
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "does not provide the extra" not in ran.stderr
    (found,) = distributions(path=[str(site)])
    return site, found


def test_what_it_copies_is_all_that_it_takes_to_install_it(steps: Steps, installed: tuple[Path, Distribution]) -> None:
    site, found = installed
    extras = commands(steps)["pip"][-1].partition("[")[2].rstrip("]").split(",")
    assert set(extras) <= set(found.metadata.get_all("Provides-Extra") or ())
    here = {path.relative_to(ROOT / "src") for path in (ROOT / "src").rglob("*") if path.is_file() and path.suffix != ".pyc"}
    assert here <= {path.relative_to(site) for path in (site / "icosa").rglob("*")}


def test_its_parts_agree(steps: Steps) -> None:
    run = commands(steps)
    entry, health = json.loads(one(steps, "ENTRYPOINT")), json.loads(one(steps, "HEALTHCHECK").removeprefix("CMD "))
    user, folder, port = one(steps, "USER"), one(steps, "VOLUME"), one(steps, "EXPOSE")
    assert run["useradd"][-1] == user
    assert run["install"] == ["-d", "-o", user, folder]
    assert entry[-2:] == ["--database", f"sqlite:///{folder}/crm.db"]
    assert f"127.0.0.1:{port}/healthz" in health[-1]
    assert run["pip"][-1].startswith(f"{FOLDER}[")
    assert steps[0][0] == "FROM"
    version = one(steps, "FROM").removeprefix("python:").partition("-")[0]
    supported = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["classifiers"]
    assert f"Programming Language :: Python :: {version}" in supported


def test_it_starts_is_healthy_and_stops(steps: Steps, installed: tuple[Path, Distribution], tmp_path: Path) -> None:
    site, _ = installed
    made, port = tmp_path / one(steps, "VOLUME").lstrip("/"), free_port()
    subprocess.run(["install", "-d", str(made)], check=True)
    program, *options = json.loads(one(steps, "ENTRYPOINT"))
    assert program == "icosa"
    options = [each.replace("sqlite:///" + one(steps, "VOLUME"), f"sqlite:///{made}") for each in options]
    _, *health = json.loads(one(steps, "HEALTHCHECK").removeprefix("CMD "))
    check = [sys.executable, *(each.replace(f":{one(steps, 'EXPOSE')}/", f":{port}/") for each in health)]
    environment = {**os.environ, "PYTHONPATH": str(site), "HOME": str(tmp_path)}
    command = [sys.executable, "-m", "icosa", *options, "--port", str(port)]

    def healthy() -> bool:
        return subprocess.run(check, capture_output=True, check=False, timeout=60).returncode == 0

    with subprocess.Popen(command, env=environment, cwd=tmp_path) as server:
        try:
            until(healthy, "the server to be healthy")
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=60) as answer:
                assert answer.status == 200
        finally:
            server.terminate()
            assert server.wait(60) == 0
    assert not healthy()
    assert {each.name for each in made.iterdir()} == {"crm.db", "crm.db.key", "crm.db-turn"}


def test_a_builder_takes_it_where_there_is_one(steps: Steps, tmp_path: Path) -> None:
    docker = shutil.which("docker")
    if docker is None or subprocess.run([docker, "info"], capture_output=True, check=False, timeout=60).returncode != 0:
        pytest.skip("no builder of containers runs here")
    (tmp_path / "Dockerfile").write_text(blocks(PAGE, "dockerfile")[0].text)
    build = [docker, "build", "--quiet", "--file", str(tmp_path / "Dockerfile"), str(ROOT)]
    ran = subprocess.run(build, capture_output=True, text=True, check=False, timeout=1800)
    assert ran.returncode == 0, ran.stderr
