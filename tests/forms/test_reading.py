"""What somebody else wrote is read as it was meant, or refused with what would be right."""

import pytest

from icosa.catalogue.standard import STANDARD
from icosa.errors import IcosaError, InvalidInput, UnknownAction, UnknownField, UnknownObject
from icosa.forms import Call, call_in, read_addressed_call, read_call
from icosa.wire.message import Request
from tests.forms.calls import ID

FOUND = Call("People", "Find Many People", {"filter": 'city[eq]:"Lyon"', "limit": 5, "depth": 0})
CHANGED = Call("People", "Update One Person", {"id": ID, "depth": 0, "jobTitle": "Analyst"})


@pytest.mark.parametrize(
    "text",
    [
        """crm.people.find_many(filter='city[eq]:"Lyon"', limit=5, depth=0)""",
        """page = crm["people"].find_many(limit=5, depth=0, filter='city[eq]:' + '"Lyon"')""".replace(" + ", " "),
        """async def main():\n    return await crm.people.find_many(filter='city[eq]:"Lyon"', limit=5, depth=0)""",
        """crm.run("People", "Find Many People", {"Filter": 'city[eq]:"Lyon"', "Limit": 5, "Depth": 0})""",
        """icosa people find-many --filter 'city[eq]:"Lyon"' --limit 5 --depth 0""",
        """$ icosa person find_many \\\n  --filter='city[eq]:"Lyon"' --depth=0 --limit=5 --json  # a comment""",
        """curl 'https://crm.example.com/rest/people?filter=city%5Beq%5D%3A%22Lyon%22&limit=5'""",
        """curl -sSG https://crm.example.com/rest/people --data-urlencode 'filter=city[eq]:"Lyon"' -d limit=5 -H "X: $KEY" """,
        """curl --request GET --url "$BASE/rest/people?limit=5&filter=city[eq]:%22Lyon%22&depth=0" --header 'accept: application/json'""",
        """{"resource": "people", "operation": "find_many", "properties": {"filter": "city[eq]:\\"Lyon\\"", "Limit": "5", "depth": "0"}}""",
    ],
)
def test_a_page_is_asked_for(text: str) -> None:
    assert read_call(text, STANDARD, environ={}) == FOUND


@pytest.mark.parametrize(
    "text",
    [
        f"""crm.people.update_one("{ID}", job_title="Analyst", depth=0)""",
        f"""crm.people.update_one("{ID}", {{"Job Title": "Analyst"}}, depth=0)""",
        f"""icosa people update-one {ID} --job-title Analyst --depth 0""",
        f"""icosa people update-one --data '{{"jobTitle": "Analyst", "depth": 0}}' {ID}""",
        f"""curl -X PATCH https://crm.example.com/rest/people/{ID} -d '{{"jobTitle": "Analyst"}}'""",
        f"""curl -XPUT crm.example.com/rest/people/{ID} --json '{{"jobTitle":\\n"Analyst", "id": "{ID}"}}'""".replace("\\n", "\n"),
        f"""curl https://crm.example.com/sub/folder/rest/people/{ID.upper()} -X patch --data-raw='{{"jobTitle": "Analyst"}}'""",
    ],
)
def test_a_record_is_changed(text: str) -> None:
    assert read_call(text, STANDARD, environ={}) == CHANGED


def test_a_filter_written_with_f_is_read() -> None:
    text = "crm.people.find_many(where=(F.city == 'Lyon') & ~F.emails.primary_email.ilike('%@example.com') | F['companyId'].is_null())"
    filter_ = read_call(text, STANDARD).properties["filter"]
    assert filter_ == "or(and(city[eq]:Lyon,not(emails.primaryEmail[ilike]:%@example.com)),companyId[is]:NULL)"


def test_addresses_are_read_with_the_call() -> None:
    for text, address in [
        ("curl https://crm.example.com/sub/rest/people", "https://crm.example.com/sub"),
        ("curl https://crm.example.com:8443/rest/people", "https://crm.example.com:8443"),
        ('curl "$ICOSA_URL/rest/people"', None),
        ("icosa people find-many --url https://crm.example.com", "https://crm.example.com"),
        ("icosa people find-many --database crm.db", "crm.db"),
        ('crm = icosa.connect("https://crm.example.com")\ncrm.people.find_many()', "https://crm.example.com"),
        ("crm.people.find_many()", None),
    ]:
        assert read_addressed_call(text, STANDARD).address == address


def test_a_depth_that_the_wire_takes_for_none_stays_none() -> None:
    assert read_call("curl https://crm.example.com/rest/people", STANDARD).properties == {"depth": 0}
    assert read_call("icosa people find-many", STANDARD).properties == {"depth": 1}


def test_a_secret_in_a_variable_comes_from_the_environment() -> None:
    said = [
        """crm.webhooks.create_one(target_url="https://example.com", secret=os.environ["ICOSA_MINE"])""",
        """crm.webhooks.create_one(target_url="https://example.com", secret=os.getenv("ICOSA_MINE"))""",
        """icosa webhooks create-one --target-url https://example.com --secret "$ICOSA_MINE" """,
        """icosa webhooks create-one --data '{"targetUrl": "https://example.com", "secret": "'"$ICOSA_MINE"'"}'""",
        """curl https://crm.example.com/rest/webhooks?depth=1 -d '{"targetUrl": "https://example.com", "secret": "'$ICOSA_MINE'"}'""",
        """{"resource": "Webhooks", "operation": "create_one",
            "properties": {"Target Url": "https://example.com", "Secret": {"$env": "ICOSA_MINE"}}}""",
    ]
    for text in said:
        properties = {"depth": 1, "targetUrl": "https://example.com", "secret": "made up"}
        assert read_call(text, STANDARD, environ={"ICOSA_MINE": "made up"}).properties == properties
        with pytest.raises(InvalidInput, match="ICOSA_MINE, which is not set"):
            read_call(text, STANDARD, environ={})


@pytest.mark.parametrize(
    "text",
    [
        "icosa people create-one --city \"$AWS_SECRET\"",
        "icosa people create-one --city \"$ICOSA_TOKEN\"",
        "icosa webhooks create-one --target-url https://example.com --secret \"$AWS_SECRET\"",
        'crm.people.create_one(city=os.environ["ICOSA_TOKEN"])',
        """curl https://crm.example.com/rest/people -d '{"city": "'"$AWS_SECRET"'"}'""",
        """curl "https://crm.example.com/rest/people?filter=city[eq]:$ICOSA_TOKEN" """,
    ],
)  # fmt: skip
def test_nothing_else_is_carried_out_of_the_environment(text: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        read_call(text, STANDARD, environ={"AWS_SECRET": "must not leave", "ICOSA_TOKEN": "must not leave"})
    assert "must not leave" not in str(refused.value)


def test_an_object_of_any_json_that_looks_like_a_variable_is_itself() -> None:
    action = {"resource": "Timeline Activities", "operation": "Create One Timeline Activity"}
    held = read_call({**action, "properties": {"properties": {"$env": "HOME"}}}, STANDARD).properties["properties"]
    assert held == {"$env": "HOME"}


@pytest.mark.parametrize(
    ("text", "kind", "message"),
    [
        ("", InvalidInput, "is no call; give Python"),
        ("hello world", InvalidInput, "no Python: line 1"),
        ("print('hello')", InvalidInput, "holds no calls"),
        ("crm.people.find_many(); crm.people.find_many()", InvalidInput, "holds 2 calls"),
        ("crm.peeple.find_many()", UnknownObject, "Did you mean 'People'"),
        ("crm.people.find_many(colour=1)", InvalidInput, "has no property 'colour'"),
        ("crm.people.find_one(1, 2)", InvalidInput, "line 1: crm.people.find_one does not take so many"),
        ("crm.people.create_one(**record)", InvalidInput, "worked out when the script runs"),
        ("crm.people.create_one(city=town)", InvalidInput, "City is worked out when the script runs"),
        ("crm.people.create_one(colour=1)", UnknownField, "colour"),
        ("crm.people.find_one(__import__('os').system('true'))", InvalidInput, "Id is worked out"),
        ("icosa people", UnknownAction, "names its resource and its operation"),
        ("icosa people find", UnknownAction, "has no operation 'find'"),
        ("icosa people find-many --colour red", InvalidInput, "has no option --colour"),
        ("icosa people create-one --data '[1]'", InvalidInput, "one JSON object"),
        ("curl", InvalidInput, "names 0 addresses"),
        ("curl https://a.example.com https://b.example.com", InvalidInput, "names 2 addresses"),
        ("curl https://crm.example.com/rest/people --upload-file x", InvalidInput, "--upload-file is not known"),
        ("curl https://crm.example.com/rest/people -d @people.json", InvalidInput, "names the file people.json"),
        ("curl https://crm.example.com/rest/people?colour=red", InvalidInput, "takes no parameter 'colour'"),
        ("curl https://crm.example.com/metadata", InvalidInput, "no call of this API"),
        ("curl https://crm.example.com/rest/people -d hello", InvalidInput, "not JSON"),
        ('{"resource": "People"}', InvalidInput, "has a resource, an operation and properties"),
        ('{"resource": "People", "operation": "find_many", "url": "x"}', InvalidInput, "has no 'url'"),
        ('{"resource": "People"', InvalidInput, "not JSON"),
    ],
)
def test_what_is_no_call_is_refused(text: str, kind: type[IcosaError], message: str) -> None:
    with pytest.raises(kind) as refused:
        read_call(text, STANDARD, environ={})
    assert message in str(refused.value)


def test_every_path_that_a_server_takes_is_a_call() -> None:
    assert call_in(STANDARD, Request("PUT", f"/rest/people/{ID}", "", b'{"city": "Lyon"}')).operation == "Update One Person"
    assert call_in(STANDARD, Request("PATCH", f"/rest/restore/people/{ID}")).operation == "Restore One Person"
    assert call_in(STANDARD, Request("GET", "/rest/open-api/core")).operation == "Get Open Api Schema"
    assert call_in(STANDARD, Request("DELETE", f"/rest/people/{ID}", "permanent=true")).properties == {"id": ID, "permanent": True}
