"""Where the time of an operation goes, function by function, without HTTP.

    python -m bench.profile "find one" [--store sqlite|postgresql] [--people 10000] [--times 2000]

The same request is answered over and over in this process, on an event loop as a server's.  What a store does
on threads of its own, as SQLite's writer, shows as waiting; py-spy looks into those.
"""

import asyncio
import cProfile
import pstats
import time

import click

from bench.data import Size, spread_ids
from bench.load import NotMeasured
from bench.operations import Operation, operations
from bench.stores import STORES, databases
from icosa.wire.message import Request
from icosa.workspace import Workspace, open_workspace

SHOWN = 30
WARM_UP = 20


@click.command()
@click.argument("operation")
@click.option("--store", type=click.Choice(STORES), default=STORES[0], envvar="STORE", show_default=True)
@click.option("--people", default=10_000, show_default=True, help="How many people there are; all else follows.")
@click.option("--times", default=2_000, show_default=True, help="How often it is answered.")
@click.option("--sort", default="tottime", show_default=True, help="What functions are listed by: tottime, cumtime or ncalls.")
def main(operation: str, store: str, people: int, times: int, sort: str) -> None:
    """Profile the OPERATION of that name in `make bench`."""
    size = Size(people)
    try:
        with databases(store) as kind:
            known = {each.name: each for each in operations(size, embedded=kind.embedded)}
            if operation not in known:
                raise click.UsageError(f"there is no operation {operation!r}; name one of: {', '.join(known)}")
            with kind.copied(kind.filled(size)) as copy:
                asyncio.run(_profile(open_workspace(copy.url), known[operation], size, copy.token, times, sort))
    except NotMeasured as error:
        raise click.ClickException(str(error)) from None


async def _profile(workspace: Workspace, operation: Operation, size: Size, token: str, times: int, sort: str) -> None:
    ids = spread_ids(operation.ids, size) if operation.ids else [""]
    requests = [_request(operation, ids[number % len(ids)], token, number) for number in range(WARM_UP + 2 * times)]
    for request in requests[:WARM_UP]:
        answer = await workspace.answer_soon(request)
        if answer.status >= 400:
            raise NotMeasured(f"{operation.name} was refused with {answer.status}: {answer.body[:500]!r}")
    begun = time.perf_counter()
    for request in requests[WARM_UP : WARM_UP + times]:
        await workspace.answer_soon(request)
    each = (time.perf_counter() - begun) / times
    click.echo(f"{operation.name}: {each * 1e6:,.1f} µs each, without the profiler")
    profile = cProfile.Profile()
    profile.enable()
    for request in requests[WARM_UP + times :]:
        await workspace.answer_soon(request)
    profile.disable()
    pstats.Stats(profile).sort_stats(sort).print_stats(SHOWN)
    workspace.close()


def _request(operation: Operation, id_: str, token: str, number: int) -> Request:
    path, _, query = operation.path.replace("{id}", id_).partition("?")
    bodies = [operation.body.replace("{unique}", f"p{number}x{at}") for at in range(operation.batch or 1)]
    body = f"[{','.join(bodies)}]" if operation.batch else bodies[0]
    return Request(operation.method, path, query, body.encode(), token)


if __name__ == "__main__":
    main()
