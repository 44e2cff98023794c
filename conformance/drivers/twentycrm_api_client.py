"""Runs in the environment of twentycrm-api-client: its calls, a line of JSON for each.

python twentycrm_api_client.py URL, with the key in TOKEN
"""

import json
import os
import sys

import twentycrm_client as client

OBJECTS = {
    "company": ("companies", {"name": "Analytical Engines"}),
    "person": ("people", {"jobTitle": "Analyst"}),
    "note": ("notes", {"title": "Called"}),
    "task": ("tasks", {"title": "Call"}),
    "opportunity": ("opportunities", {"name": "Looms"}),
}


def attempt(call, function, *arguments, **options):
    """What the client answers; None where it failed."""
    answer, error = None, None
    try:
        answer = function(*arguments, **options)
    except Exception as failed:
        error = f"{type(failed).__name__}: {failed}"
    print(json.dumps({"call": call, "error": error}))
    return answer


def pages_without_records(api):
    """Every find_many, of objects that have no records yet."""
    for name in sorted(each for each in dir(client) if each.endswith("Api")):
        of = getattr(client, name)(api)
        for method in dir(of):
            if method.startswith("find_many_") and not method.endswith(("_with_http_info", "_without_preload_content")):
                attempt(method, getattr(of, method), limit=2, filter="id[in]:[00000000-0000-4000-8000-000000000000]")


def records(api, singular, plural, values):
    """All that it can do with the records of one object."""
    of = getattr(client, f"{plural.capitalize()}Api")(api)
    record = getattr(client, singular.capitalize()).from_dict(values)
    changed = getattr(client, f"{singular.capitalize()}ForUpdate").from_dict(values)

    def call(method, *arguments, **options):
        return attempt(method, getattr(of, method), *arguments, **options)

    made = call(f"create_one_{singular}", record)
    more = call(f"create_many_{plural}", [record, record])
    ids = [getattr(made.data, f"create_{singular}").id] if made else []
    ids += [each.id for each in getattr(more.data, f"create_{plural}")] if more else []
    first, among = ids[0], f"id[in]:[{ids[1]},{ids[2]}]"
    call(f"find_one_{singular}", first, depth=1)
    call(f"find_many_{plural}", filter=f"id[eq]:{first}")
    call(f"update_one_{singular}", first, changed)
    call(f"update_many_{plural}", changed, filter=among)
    call(f"find_{singular}_duplicates", getattr(client, f"Find{singular.capitalize()}DuplicatesRequest")(ids=[first]))
    call(f"group_by_{plural}", group_by='[{"createdAt":{"granularity":"DAY","timeZone":"UTC"}}]')
    call(f"delete_one_{singular}", first, soft_delete=True)
    call(f"restore_one_{singular}", first)
    call(f"delete_many_{plural}", filter=among, soft_delete=True)
    call(f"restore_many_{plural}", filter=f"{among},deletedAt[is]:NOT_NULL")
    merged = getattr(client, f"MergeMany{plural.capitalize()}Request")(ids=ids, conflict_priority_index=0)
    call(f"merge_many_{plural}", merged)


def main(url):
    api = client.ApiClient(client.Configuration(host=f"{url}/rest", access_token=os.environ["TOKEN"]))
    # Not called: it goes to an address that is written into the client.
    print(json.dumps({"call": "get_open_api_schema", "error": "goes to an address of its own"}))
    pages_without_records(api)
    for singular, (plural, values) in OBJECTS.items():
        records(api, singular, plural, values)


if __name__ == "__main__":
    main(sys.argv[1])
