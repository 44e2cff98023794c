"""Twenty 2.19 as a version of the wire.  Who has nothing to do with one never loads it."""

from types import MappingProxyType
from typing import Final

from icosa import errors
from icosa.catalogue.standard_2_19 import STANDARD_2_19, revision
from icosa.wire import request_traits, write_traits
from icosa.wire.refusals import BY_2_19
from icosa.wire.version import FAULTS, SEVEN, Spelling, Version

TWENTY_2_19: Final = Version(
    name="2.19",
    standard=STANDARD_2_19,
    prefix="/rest",
    page=60,
    max_page=200,
    batch=200,
    depths=(0, 1),
    created=201,
    operations=(*SEVEN, "update_many", "delete_many", "restore_many", "merge_many", "group_by"),
    restores=("restore/{plural}/{id}",),
    destroys="",
    keeps="soft_delete",
    tells_deleted=True,
    two_ways=True,
    etags=True,
    fault=(400, "BadRequestException"),
    faults=MappingProxyType(
        {
            **FAULTS,
            errors.UnknownField: (400, "BadRequestException"),
            errors.NotFound: (404, "NotFoundException"),
            errors.OtherToken: (403, "INVALID_JWT_TOKEN_TYPE"),
            errors.Forbidden: (400, "ForbiddenException"),
            errors.ReadOnlyKey: (400, "ForbiddenException"),
            errors.RateLimited: (429, "HttpException"),
            errors.ServerBroken: (500, "InternalServerErrorException"),
        }
    ),
    wording=MappingProxyType(
        {
            errors.NotFound: "Record not found",
            errors.RecordExists: "A duplicate entry was detected",
            errors.ValueTaken: "A duplicate entry was detected",
            errors.InvalidKey: "Token invalid.",
            errors.OtherToken: "Invalid token type",
        }
    ),
    codes=MappingProxyType({errors.Forbidden: "PERMISSION_DENIED", errors.ReadOnlyKey: "PERMISSION_DENIED"}),
    connects=True,
    unknown_field='Object {object} doesn\'t have any "{name}" field.',
    keeps_metadata=True,
    makes=revision.MADE,
    agents="/mcp",
    spelling=Spelling.UNESCAPED,
    collections=(60,),
    hides_deleted=True,
    requests=request_traits.AS_2_19,
    writes=write_traits.AS_2_19,
    refusals=BY_2_19,
)
"""What Twenty 2.19 says.  It brings one record back where its own document says so, which a real one refuses."""
