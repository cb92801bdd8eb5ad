"""Answer SPARQL updates (SPARQL 1.1 Protocol, 2.2); only who has a token may send one."""

from __future__ import annotations

from datetime import UTC, datetime

from starlette.requests import Request
from starlette.responses import Response

from api.state import state_of
from api.writing import carried_out, writer_behind
from kg.editing.applying import Writer, Written, carry_out
from kg.editing.frames import EditKind, GraphEdit
from kg.editing.outline import Using, outline_of


async def sparql_update(
    request: Request,
    update: str,
    *,
    using_graphs: tuple[str, ...] = (),
    using_named_graphs: tuple[str, ...] = (),
) -> Response:
    """Carry an update out and answer 204 when it is on disk and queries see it.

    Raises:
        NotAuthorised: there is no token that holds.
        KreislaufstadtError: the update is refused, malformed or breaks a rule; nothing changed.
    """
    writer = writer_behind(request)
    dataset = state_of(request).dataset
    using = Using(using_graphs, using_named_graphs)

    def work() -> Written:
        edit = _edit_of(update, using, writer)
        return carry_out(dataset, edit, writer, datetime.now(UTC))

    written, rest = await carried_out(request, work)
    headers = {"Kreislaufstadt-Generation": written.built.generation.name}
    return Response(status_code=204, headers=headers, background=rest)


def _edit_of(update: str, using: Using, writer: Writer) -> GraphEdit:
    operations = outline_of(update, writer.limits, using)
    return GraphEdit(EditKind.UPDATE, text=update, operations=operations)
