"""What is printed runs as it stands: Python in Python, curl in a shell against a server, icosa in a shell."""

import asyncio
import contextlib
import io
import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

import icosa
from icosa.catalogue.standard import STANDARD
from icosa.errors import InvalidValue, NotFound, UnknownField
from icosa.forms import FORMS, Form, action_named, call_of, written
from tests.cli.conftest import Ran, Shell
from tests.forms.calls import AWKWARD
from tests.forms.test_shells import as_a_shell_reads
from tests.serving import Server

needs_curl = pytest.mark.skipif(not shutil.which("curl"), reason="there is no curl to run")


def text_of(form: Form, address: str, resource: str, operation: str, properties: dict[str, Any], *, show_secrets: bool = False) -> str:
    call = call_of(STANDARD, action_named(STANDARD, resource, operation), properties)
    return written(form, STANDARD, call, address, show_secrets=show_secrets)


def run_printed(form: Form, text: str, environment: dict[str, str], shell: Shell) -> None:
    """Does what somebody does with the text: gives it to Python, to a shell, or to `icosa run`."""
    match form:
        case "python" | "python-async":
            with contextlib.redirect_stdout(io.StringIO()) as printed:
                exec(compile(text, "printed.py", "exec"), {"__name__": "__main__"})
            assert printed.getvalue()
        case "curl":
            run = subprocess.run(["sh", "-c", text], capture_output=True, text=True, check=True, timeout=300)
            assert "data" in json.loads(run.stdout), run.stdout
        case "cli":  # a real shell takes the line apart; the command itself runs in this process, which is faster
            _well(shell(*as_a_shell_reads("sh", text, environment)[1:]))
        case "json":
            _well(shell("run", "-", stdin=text))


def _well(ran: Ran) -> None:
    """Nothing is said but that webhooks are not called."""
    assert (ran.code, [line for line in ran.err.splitlines() if "calls no webhooks" not in line]) == (0, [])


@pytest.mark.parametrize("form", [pytest.param(each, marks=needs_curl) if each == "curl" else each for each in FORMS])
def test_every_form_does_the_same_on_a_server(form: Form, on_server: Server, shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    environment = {"ICOSA_URL": on_server.url, "ICOSA_TOKEN": on_server.token, "ICOSA_WEBHOOK_SECRET": "made up"}
    for name, value in environment.items():
        monkeypatch.setenv(name, value)

    def run(resource: str, operation: str, **properties: Any) -> None:
        text = text_of(form, on_server.url, resource, operation, properties)
        assert on_server.token not in text
        run_printed(form, text, environment, shell)

    with icosa.connect(on_server.url, on_server.token) as crm:
        run("Companies", "Create One Company", name=f"{AWKWARD} {form}", employees=12, idealCustomerProfile=True, depth=0)
        (company,) = crm.companies.find_many(where=icosa.F.name == f"{AWKWARD} {form}", depth=0)
        assert (company["employees"], company["idealCustomerProfile"]) == (12, True)
        run("Companies", "Update One Company", id=company["id"], name="Mended", employees=None)
        assert crm.companies.find_one(company["id"], depth=0)["employees"] is None
        run("Companies", "Find Many Companies", filter='and(name[eq]:"Mended",employees[is]:NULL)', limit=1, depth=2)
        run("People", "Create Many People", body=[{"city": f"{form} {AWKWARD}", "companyId": company["id"]}, {"city": f"{form} two"}])
        assert len(crm.people.find_many(where=icosa.F.city.starts_with(f"{form} "))) == 2
        run("Webhooks", "Create One Webhook", targetUrl=f"https://example.com/{form}", secret="made up")
        (webhook,) = crm.webhooks.find_many(where=icosa.F.target_url == f"https://example.com/{form}")
        assert webhook["secret"] == "made up"
        run("Companies", "Find Company Duplicates", ids=[company["id"]])
        run("Companies", "Delete One Company", id=company["id"])
        with pytest.raises(NotFound):
            crm.companies.find_one(company["id"])
        run("Companies", "Restore One Company", id=company["id"])
        assert crm.companies.find_one(company["id"], depth=0)["name"] == "Mended"
        if form != "curl":
            run("General", "Get Open Api Schema")


def test_printed_python_runs_on_an_embedded_workspace(tmp_path: Path, home: Path) -> None:
    address = f"sqlite:///{tmp_path}/a b.db"
    for at, form in enumerate(("python", "python-async")):
        text = text_of(form, address, "tasks", "create_one", {"title": AWKWARD, "bodyV2": {"markdown": AWKWARD}})  # type: ignore[arg-type]
        exec(compile(text, "printed.py", "exec"), {})
        with icosa.connect(address) as crm:
            assert len(crm.tasks.find_many(where=icosa.F.title == AWKWARD)) == at + 1


@pytest.mark.parametrize("form", FORMS)
def test_icosa_run_takes_every_form(form: Form, tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    address = f"sqlite:///{tmp_path}/crm.db"
    monkeypatch.setenv("ICOSA_DATABASE", address)
    monkeypatch.setenv("ICOSA_CONNECTED_ACCOUNT_ACCESS_TOKEN", "made up")
    text = text_of(form, address, "connectedAccounts", "create_one", {"handle": AWKWARD, "accessToken": "made up"})
    assert "made up" not in text
    (item,) = icosa.run(text)
    made = item.json["data"]["createConnectedAccount"]
    assert (made["handle"], made["accessToken"]) == (AWKWARD, "made up")
    with icosa.connect(address) as crm:
        assert crm.run(text)[0].json["data"]["createConnectedAccount"]["handle"] == AWKWARD
        assert crm.run({"resource": "companies", "operation": "find_many"})[0].json["totalCount"] == 0


def test_an_asynchronous_client_runs_one_too(tmp_path: Path, home: Path) -> None:
    async def main() -> int:
        async with icosa.aconnect(f"sqlite:///{tmp_path}/crm.db") as crm:
            (item,) = await crm.run("icosa companies find-many")
            total: int = item.json["totalCount"]
            return total

    assert asyncio.run(main()) == 0


def test_a_text_does_not_choose_the_workspace(tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mine = f"sqlite:///{tmp_path}/mine.db"
    monkeypatch.setenv("ICOSA_DATABASE", mine)
    for text in (
        "curl https://elsewhere.example.com/rest/people",
        "icosa people find-many --database other.db",
        'with icosa.connect("https://elsewhere.example.com") as crm:\n    crm.people.find_many()',
    ):
        with pytest.raises(InvalidValue, match="name the one that is meant as url"):
            icosa.run(text)
        assert icosa.run(text, mine)[0].json["totalCount"] == 0
    assert icosa.run(f"icosa people find-many --database {tmp_path}/mine.db")[0].json["totalCount"] == 0


def test_a_mistake_in_a_text_reaches_no_workspace(home: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with pytest.raises(UnknownField, match="Job Title"):
        icosa.run("icosa people create-one --data '{\"jobTitel\": 1}'", f"sqlite:///{tmp_path}/crm.db")


@pytest.mark.parametrize("form", FORMS)
def test_as_prints_the_call_and_sends_nothing(shell: Shell, home: Path, form: Form) -> None:
    said = ["connected-accounts", "create-one", "--handle", "a@example.com", "--access-token", "hidden", "--url", "https://crm.example.com"]
    ran = shell(*said, "--as", form)
    assert (ran.code, ran.err) == (0, "")
    assert "hidden" not in ran.out
    assert "ICOSA_CONNECTED_ACCOUNT_ACCESS_TOKEN" in ran.out
    assert "hidden" in shell(*said, "--as", form, "--show-secrets").out
    again = shell("run", "-", "--as", "json", stdin=ran.out.replace("hidden", "x"))
    assert (again.code, again.out) == (5, "")
    assert "ICOSA_CONNECTED_ACCOUNT_ACCESS_TOKEN, which is not set" in again.err
    assert not list(home.rglob("*.db"))


def test_a_key_is_not_needed_to_print_a_call(shell: Shell) -> None:
    ran = shell("companies", "find-many", "--limit", "3", "--url", "https://crm.example.com", "--as", "curl")
    assert ran.out == "curl 'https://crm.example.com/rest/companies?limit=3&depth=1' -H \"Authorization: Bearer $ICOSA_TOKEN\"\n"


def test_a_password_of_a_database_is_not_printed(shell: Shell) -> None:
    said = ["companies", "find-many", "--database", "postgresql://ada:pass-word@db.example.com/crm"]
    for form in FORMS:
        assert "pass-word" not in shell(*said, "--as", form).out
    for form in FORMS:
        said = ["companies", "find-many", "--database", "postgresql://db.example.com/crm?user=ada&password=pass-word"]
        assert "pass-word" not in shell(*said, "--as", form).out
    ran = shell(*said, "--dry-run")
    assert "pass-word" not in ran.out + ran.err
    assert ran.json["workspace"] == "postgresql://db.example.com/crm"


def test_run_takes_a_call_from_anywhere(shell: Shell, tmp_path: Path) -> None:
    text = "crm.companies.create_one(name='Analytical Engines', depth=0)"
    file = tmp_path / "call.py"
    file.write_text(text, "utf-8")
    for said, stdin in ((text, ""), ("-", text), (str(file), ""), (f"@{file}", "")):
        ran = shell("run", said, stdin=stdin)
        assert (ran.code, ran.json["name"]) == (0, "Analytical Engines"), ran.err
    assert shell("companies", "find-many").json["totalCount"] == 4
    assert shell("run", text, "--dry-run").json["body"] == {"name": "Analytical Engines"}
    again = shell("run", text, "--as", "cli", "--url", "https://crm.example.com").out
    assert again == "icosa companies create-one --depth 0 --name 'Analytical Engines' --url https://crm.example.com\n"
    assert shell("companies", "find-many").json["totalCount"] == 4


@pytest.mark.parametrize(
    ("call", "code", "message"),
    [
        ("crm.peeple.find_many()", 5, "Did you mean 'People'"),
        ("icosa people find-manny", 2, "has no operation"),
        ("hello", 5, "holds no calls"),
        ("curl https://elsewhere.example.com/rest/people", 5, "written for https://elsewhere.example.com"),
        ("@missing.json", 2, "there is no file missing.json in "),
    ],
)
def test_run_says_what_is_wrong(shell: Shell, call: str, code: int, message: str) -> None:
    ran = shell("run", call)
    assert (ran.code, ran.out) == (code, "")
    assert message in ran.err
