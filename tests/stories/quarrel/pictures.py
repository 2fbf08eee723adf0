"""Pages of the quarrel's file as pictures for the documentation: `make story ARGS="--pictures"`."""

from collections.abc import Mapping
from pathlib import Path
from uuid import UUID

from tests.stories.quarrel.matter import Body, Matter

PAGES = {"committee": 4, "party": 4, "court": 3, "transfer": 3}
MOST_BYTES = 200_000


def draw(matter: Matter, folder: Path, asked: Mapping[str, Body]) -> None:
    """The first pages of each kind side by side, made for the clerk as every copy is."""
    from backend.management.commands.paper_pictures import beside  # noqa: PLC0415  because it needs Django
    from edge.documents.pdf import pages  # noqa: PLC0415  because of the same
    from kernel.actor import Actor  # noqa: PLC0415  because of the same
    from kernel.codes.roles import Role  # noqa: PLC0415  because of the same
    from mediation.serializers.papers import DossierBodySerializer  # noqa: PLC0415  because of the same
    from mediation.services.dossiers import Asked, dossier_make  # noqa: PLC0415  because of the same

    me = matter.clerk.get("/auth/me")
    clerk = Actor(UUID(me["id"]), Role(me["role"]), UUID(me["organisation"]["id"]), UUID(me["membership_id"]))
    for name, most in PAGES.items():
        body = DossierBodySerializer(data=asked[name])
        body.is_valid(raise_exception=True)
        said = dict(body.validated_data)
        why = {key: said.pop(key) for key in ("format", "purpose", "reason")}
        form = why.pop("format")
        made = dossier_make(actor=clerk, case_id=UUID(matter.case), asked=Asked(**said), form=form, **why)
        target = folder / f"story-{name}.png"
        beside(pages(made.document)[:most]).save(target, optimize=True)
        size = target.stat().st_size
        matter.teller.expect(size < MOST_BYTES, f"{target.name}: {size // 1024} KB", size)
