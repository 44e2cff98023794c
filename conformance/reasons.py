"""Why calls of public clients do not work, where that is known and nothing to be mended here."""

from conformance.outcomes import GRAPHQL, Reason

_MANY = r"^(update|delete|restore|merge)_many_|^group_by_|^(patch|delete) people|groupBy$|^patch restore/"
"""What came with later versions than 1.0.3, as clients call it."""

REASONS = (
    Reason(GRAPHQL, r"^(execute_gql|twenty_graphql|MetadataApiClient\.query)$", "404|405|[Nn]ot [Ff]ound"),
    Reason(GRAPHQL, "^twenty_graphql$", "Failed to resolve dependency"),
    Reason(GRAPHQL, r"^(list|create)_", "GraphQL request failed"),
    Reason("a real 1.0.3 has none of it either", _MANY, "400", ("1.0.3",)),
    Reason("a real 1.0.3 has no such object", "^find_many_dashboards$", "dashboards", ("1.0.3",)),
    Reason(
        "a real 2.19 has no such object any more",
        "^find_many_(calendar_channels|connected_accounts|favorite_folders|favorites|message_channels|message_folders)$",
        "400",
        ("2.19",),
    ),
    Reason("a real 2.19 merges companies and people alone", "^merge_many_", "merge", ("2.19",)),
    Reason(
        "Icosa tells objects and fields, not all at once nor their relations",
        "^get_metadata(_relations)?$",
        "Cannot GET /rest/metadata",
    ),
    Reason(
        "Icosa's 1.0.3 tells its objects and fields, and changes them by no request",
        "^(create|update|delete|get)_metadata_(object|field)$",
        "Cannot|Field metadata not found",
        ("1.0.3",),
    ),
    Reason("the client takes cursors for UUIDs, which they are on no server", "^find_", r"Cursor\s+Input should be a valid UUID"),
    Reason("the client awaits an object, and a real one answers a list", "^group_by_", "valid dictionary or instance", ("2.19",)),
    Reason("the client goes to an address of its own, whatever it was given", "^get_open_api_schema$", "an address of its own"),
    Reason('the client sends {"body": […]} where the document says a list', "^create-many-", "body"),
    Reason("the client sends firstName, which is a part of name", "^create_person$", "firstName"),
    Reason("the client sends a list where one record is taken", "^batch_(create|update)_records$", "400"),
    Reason("the client sends ids in a body, where a filter is asked for", "^batch_delete_records$", "400"),
    Reason("the client sends a name where a real one takes an id", "^get_metadata_object$", "uuid is expected"),
)
