"""All 36 objects, used as a script uses them.  A type checker reads this file, and tests/typed runs it too."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import assert_type
from uuid import uuid4

import icosa
from icosa import F
from icosa.standard import Company, CompanyDepth1, NoteTarget, Person, PersonDepth1, PersonDepth2, PersonInput

SOON = datetime(2027, 2, 3, tzinfo=UTC)


def full_name(person: Person) -> str:
    return f"{person['name']['firstName']} {person['name']['lastName']}"


def customers(crm: icosa.Client) -> tuple[str, str, str]:
    company = crm.companies.create_one(
        name="Analytical Engines",
        employees=12,
        domain_name={"primaryLinkUrl": "https://engines.example.com", "secondaryLinks": [{"url": "https://docs.example.com"}]},
        annual_recurring_revenue={"amountMicros": Decimal(5_000_000), "currencyCode": "GBP"},
        address={"addressCity": "London", "addressLat": 51.5},
        ideal_customer_profile=True,
    )
    rows: list[PersonInput] = [
        {"name": {"firstName": "Ada", "lastName": "Lovelace"}, "emails": {"primaryEmail": "ada@example.com"}, "companyId": company["id"]},
        {"name": {"firstName": "Charles", "lastName": "Babbage"}, "createdBy": {"source": "IMPORT"}, "position": "last"},
    ]
    ada, charles = crm.people.create_many(rows, depth=0)
    assert_type(ada, Person)
    assert full_name(ada) == "Ada Lovelace"
    crm.people.update_one(charles["id"], job_title="Engineer", company_id=company["id"], phones=None)
    again = crm.people.upsert({"jobTitle": "Countess"}, emails={"primaryEmail": "ada@example.com"}, key="emails.primaryEmail")
    assert (again["id"], again["jobTitle"]) == (ada["id"], "Countess")

    near = crm.people.find_one(ada["id"])
    assert_type(near, PersonDepth1)
    assert near["company"] is not None
    assert_type(near["company"], Company)
    assert near["company"]["name"] == company["name"]
    far = crm.people.find_one(ada["id"], depth=2)
    assert_type(far, PersonDepth2)
    assert far["company"] is not None
    assert_type(far["company"], CompanyDepth1)
    assert {full_name(each) for each in far["company"]["people"]} == {"Ada Lovelace", "Charles Babbage"}

    engineers = crm.people.find_many(where=(F.job_title == "Engineer") & F.company_id.is_not_null(), order_by="createdAt", limit=10)
    assert_type(engineers[0], PersonDepth1)
    assert [each["phones"]["primaryPhoneNumber"] for each in engineers] == [""]
    everybody: Iterator[Person] = crm.people.iterate(where="deletedAt[is]:NULL", depth=0, page_size=1, progress=lambda done, total: None)
    assert len([full_name(each).upper() for each in everybody]) == 2
    same = crm.people.find_duplicates(data=[{"name": {"firstName": "Ada", "lastName": "Lovelace"}}], depth=0)
    assert [each["id"] for page in same for each in page] == [ada["id"]]
    assert crm.people.delete_one(charles["id"]) == {"id": charles["id"]}
    assert crm.people.restore_one(charles["id"], depth=0)["deletedAt"] is None

    deal = crm.opportunities.create_one(
        name="Loom", stage="MEETING", close_date=SOON, company_id=company["id"], point_of_contact_id=ada["id"]
    )
    stages = {each["stage"] for each in crm.opportunities.find_many(where=F.stage.in_(["MEETING", "PROPOSAL"]), depth=0)}
    assert stages == {"MEETING"}
    return company["id"], ada["id"], deal["id"]


def activities(crm: icosa.Client, company: str, person: str, deal: str) -> None:
    note = crm.notes.create_one(title="First call", body_v2={"markdown": "She liked **it**."})
    crm.note_targets.create_many([{"noteId": note["id"], "personId": person}, {"noteId": note["id"], "companyId": company}], depth=0)
    assert_type(crm.notes.attach(note, people=[person, "ada@example.com"], companies=company), list[NoteTarget])
    assert [each["id"] for each in crm.notes.attached_to(people=crm.people.look_up("ada@example.com"))] == [note["id"]]
    task = crm.tasks.create_one(title="Send an offer", status="TODO", due_at="2027-02-03")
    assert crm.tasks.update_one(task["id"], {"status": "DONE"}, due_at=None)["dueAt"] is None
    crm.task_targets.create_one(task_id=task["id"], opportunity_id=deal)
    assert crm.tasks.find_one(task["id"])["taskTargets"][0]["opportunityId"] == deal
    assert crm.tasks.targets(task)["opportunities"][0]["id"] == deal
    crm.tasks.attach(task, **crm.notes.targets(note))
    assert len(crm.tasks.detach(task, people=person, companies="Analytical Engines")) == 2
    crm.attachments.create_one(name="Offer", type="TextDocument", full_path="offers/1.txt", task_id=task["id"])
    crm.timeline_activities.create_one(name="task.done", properties={"after": {"status": "DONE"}}, happens_at=SOON, task_id=task["id"])
    folder = crm.favorite_folders.create_one(name="This week", position=1)
    crm.favorites.create_one(task_id=task["id"], favorite_folder_id=folder["id"], position=0.5)
    assert crm.favorite_folders.find_one(folder["id"])["favorites"][0]["taskId"] == task["id"]


def colleagues(crm: icosa.Client) -> str:
    member = crm.workspace_members.create_one(
        user_id=uuid4(), name={"firstName": "Mary"}, user_email="mary@example.com", date_format="DAY_FIRST", time_format="HOUR_24"
    )
    crm.api_keys.create_one(name="Nightly import", expires_at=SOON)
    crm.webhooks.create_one(target_url="https://hooks.example.com/crm", operations=["person.created"], secret=icosa.Secret("made up"))
    crm.blocklists.create_one(handle="spam@example.com", workspace_member_id=member["id"])
    return member["id"]


def mail(crm: icosa.Client, member: str, person: str) -> None:
    account = crm.connected_accounts.create_one(
        handle="mary@example.com", provider="google", scopes=["mail.read"], access_token=icosa.Secret("made up"), account_owner_id=member
    )
    assert account["scopes"] == ["mail.read"]
    channel = crm.message_channels.create_one(
        handle=account["handle"], type="email", visibility="SHARE_EVERYTHING", connected_account_id=account["id"], is_sync_enabled=True
    )
    crm.message_folders.create_one(name="Inbox", message_channel_id=channel["id"])
    thread = crm.message_threads.create_one()
    message = crm.messages.create_one(subject="Hello", text="…", received_at=SOON, message_thread_id=thread["id"])
    crm.message_participants.create_one(message_id=message["id"], role="from", handle="ada@example.com", person_id=person)
    crm.message_channel_message_associations.create_one(
        message_id=message["id"], message_channel_id=channel["id"], message_external_id="1", direction="INCOMING"
    )
    calendar = crm.calendar_channels.create_one(handle=account["handle"], visibility="METADATA", connected_account_id=account["id"])
    event = crm.calendar_events.create_one(
        title="A demonstration", starts_at=SOON, ends_at=SOON, is_full_day=False, i_cal_uid="1@example.com"
    )
    assert event["iCalUID"] == "1@example.com"
    crm.calendar_event_participants.create_one(calendar_event_id=event["id"], person_id=person, response_status="ACCEPTED")
    crm.calendar_channel_event_associations.create_one(
        calendar_event_id=event["id"], calendar_channel_id=calendar["id"], event_external_id="1", recurring_event_external_id=""
    )


def views(crm: icosa.Client) -> None:
    field = uuid4()
    view = crm.views.create_one(object_metadata_id=uuid4(), name="All", type="table", key="INDEX", icon="IconList")
    crm.view_fields.create_one(field_metadata_id=field, view_id=view["id"], is_visible=True, size=120, aggregate_operation="COUNT")
    group = crm.view_filter_groups.create_one(view_id=view["id"], logical_operator="AND")
    crm.view_filters.create_one(field_metadata_id=field, view_id=view["id"], view_filter_group_id=group["id"], operand="is", value="NEW")
    crm.view_groups.create_one(field_metadata_id=field, view_id=view["id"], field_value="NEW", position=1)
    crm.view_sorts.create_one(field_metadata_id=field, view_id=view["id"], direction="desc")
    assert crm.views.find_one(view["id"])["viewSorts"][0]["direction"] == "desc"
    crm.views.update_one(view["id"], name="Everything", is_compact=True)


def workflows(crm: icosa.Client) -> None:
    flow = crm.workflows.create_one(name="Greet", statuses=["DRAFT", "ACTIVE"])
    version = crm.workflow_versions.create_one(name="v1", status="DRAFT", steps=[{"type": "SEND_EMAIL"}], workflow_id=flow["id"])
    crm.workflow_runs.create_one(name="1", status="RUNNING", workflow_id=flow["id"], workflow_version_id=version["id"], output={"done": 1})
    crm.workflow_automated_triggers.create_one(type="CRON", settings={"pattern": "0 * * * *"}, workflow_id=flow["id"])
    assert crm.workflows.find_one(flow["id"], depth=1)["versions"][0]["name"] == "v1"


async def the_same_for_an_event_loop(crm: icosa.AsyncClient, company: str) -> None:
    person = await crm.people.create_one(name={"firstName": "Grace"}, company_id=company, created_at=date(2026, 2, 3))
    assert_type(await crm.people.find_one(person["id"], depth=2), PersonDepth2)
    assert (await crm.people.find_many(where=F.company_id == company, depth=0)).total_count == 3
    async for each in crm.companies.iterate(where=F.employees >= 10):
        assert_type(each, CompanyDepth1)
        assert len(each["people"]) == 3
    changed = await crm.people.update_one(person["id"], {"city": "New York"}, depth=1)
    assert changed["city"] == "New York"


def without_types(crm: icosa.Client) -> None:
    """Objects of which no stub knows go by item."""
    rockets = crm["people"].find_many(limit=1, depth=0)
    assert rockets[0]["id"]


def use_all(crm: icosa.Client) -> str:
    company, person, deal = customers(crm)
    activities(crm, company, person, deal)
    mail(crm, colleagues(crm), person)
    views(crm)
    workflows(crm)
    without_types(crm)
    return company
