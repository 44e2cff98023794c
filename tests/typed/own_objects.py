"""A script of a workspace with objects of its own, for a type checker."""

from datetime import date
from typing import Literal, assert_type

import my_crm

import icosa


def launch(crm: my_crm.Client) -> my_crm.RocketDepth1:
    rocket = crm.rockets.create_one(
        name="One",
        date=date(2026, 2, 3),
        list=["a"],
        dict={"any": ["JSON"]},
        float=1.5,
        bool=True,
        str="text",
        thrust="7600000",
        state="ON GROUND",
        fuels=["LH2"],
        rating="RATING_5",
        price={"amountMicros": 1, "currencyCode": "EUR"},
        class_id=None,
        code=icosa.Secret("made up"),
        position="first",
    )
    crm.rockets.update_one(rocket["id"], {"from": "there", "depth": "deep"}, date=None)
    assert_type(rocket["list"], list[str])
    assert_type(rocket["date"], str | None)
    assert_type(rocket["thrust"], str | None)
    assert_type(rocket["rating"], Literal["RATING_1", "RATING_2", "RATING_3", "RATING_4", "RATING_5"] | None)
    assert_type(rocket["class"], my_crm.ClientRecord | None)
    assert_type(crm.rockets.find_one(rocket["id"], depth=0)["name"], str)
    crm.addresses.upsert({"key": "k"}, key="key")
    crm.clients.create_one(name="x", list_id=None)
    crm["run"].find_many()
    crm.people.find_many(where=icosa.F.job_title == "Engineer")
    return rocket


async def launch_soon() -> None:
    async with my_crm.aconnect(token="made up") as crm:
        async for each in crm.clients.iterate(depth=1):
            assert_type(each["list"], my_crm.AddressRecord | None)


def anybody(crm: icosa.Client) -> None:
    """Whoever takes the standard objects alone."""


with my_crm.connect() as opened:
    launch(opened)
