"""Every field that holds, or looks like it holds, something about a person has its row in the register."""

import re
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.gis.db.models import PointField
from django.db import models

from edge.encryption import EncryptedField
from kernel.law_rows import LAW_ROWS
from privacy.register import PersonalField, Sensitivity, rows

PERSONAL = re.compile(
    r"(^|_)(name|username|phone|number|address|born_on|birth|sex|note|brief|described|point|lon|lat|index|blind)(_|$)"
)
# What the law and security.md forbid to hold at all, under whatever name.
FORBIDDEN = re.compile(
    r"(^|_)(ethnic\w*|nationality|religion|belief|party_member|political|petition\w*|score|rank|trust|face|voice)(_|$)"
)
NOT_PERSONAL = {
    "accounts.Area.name": "a division", "accounts.Organisation.name": "an office",
    "accounts.Organisation.phone": "an office", "edge.CalendarDay.name": "a holiday",
    "grids.CodeTableRow.name": "a code table", "grids.Grid.name": "a grid",
    "corrections.DueContact.on_phone": "whether it is on a phone",
    "corrections.VisitFix.number": "which fix of a visit",
    "corrections.FileItem.number": "which line of an index",
    "corrections.Visit.no_point_reason": "a code",
    "corrections.Visit.phone_until": "when it leaves the phone",
    "disputes.Screening.brief_masked": "whether something was masked",
    "privacy.Closing.seal_number": "the number of a sealed file",
    "privacy.LawfulQuery.seal_number": "the number of a sealed file",
    "privacy.Tombstone.seal_number": "the number of a sealed file",
    "grids.GridShape.name": "a grid", "grids.DraftRow.name": "a grid",
    "grids.DraftRow.number": "a row of a file",
    "grids.BoundaryImport.file_name": "a file of boundaries",
    "accounts.AreaChange.old_name": "a division", "accounts.AreaChange.new_name": "a division",
    "disputes.ScreeningRound.name": "a round of screening",
    "mediation.Case.number": "the number of a file",
    "mediation.Case.number_year": "the number of a file",
    "mediation.Case.number_serial": "the number of a file",
    "escalation.RuleVersion.number": "which version",
    "escalation.ProfileVersion.number": "which version",
}  # fmt: skip


def fields() -> Iterator[tuple[str, models.Field]]:
    for model in apps.get_models():
        if model._meta.app_label in settings.APPS:
            for field in model._meta.local_fields:
                if not field.is_relation:
                    yield f"{model._meta.label}.{field.name}", field


def register() -> dict[str, PersonalField]:
    return {f"{row.model}.{row.field}": row for row in rows(settings.APPS)}


def looks_personal(name: str, field: models.Field) -> bool:
    return isinstance(field, EncryptedField | PointField) or bool(PERSONAL.search(name.rsplit(".", 1)[1]))


@pytest.mark.law("PI-5/6", refused=True)
def test_every_field_that_looks_personal_has_a_row() -> None:
    known = register().keys() | NOT_PERSONAL.keys()
    assert [name for name, field in fields() if looks_personal(name, field) and name not in known] == []


def test_every_row_is_about_a_field_that_exists() -> None:
    assert register().keys() - {name for name, _ in fields()} == set()


@pytest.mark.law("PI-28")
def test_what_is_sealed_is_registered_as_sensitive() -> None:
    sealed = [name for name, field in fields() if isinstance(field, EncryptedField)]
    assert [name for name in sealed if register()[name].sensitivity != Sensitivity.SENSITIVE] == []


@pytest.mark.law("PI-5/6")
def test_every_row_names_a_purpose_and_a_row_of_the_law() -> None:
    for row in register().values():
        assert row.purpose
        assert set(row.basis) <= LAW_ROWS.keys()
        assert row.basis


@pytest.mark.law("CCL-24")
def test_a_person_in_correction_is_described_by_what_the_law_lists() -> None:
    held = {row.field for row in register().values() if row.model == "corrections.Subject"}
    assert {"sex", "born_on"} <= held


@pytest.mark.law("CCL-24", "MN-8", refused=True)
def test_nobodys_belief_origin_petition_or_score_has_a_column() -> None:
    assert [name for name, _ in fields() if FORBIDDEN.search(name.rsplit(".", 1)[1])] == []
