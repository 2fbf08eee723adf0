"""The first administrator of an empty installation: before this there is nobody who could let anybody in."""

from django.db import transaction

from accounts.models import Area, AreaLevel, Membership, Organisation, OrganisationKind, User
from accounts.selectors import memberships_in_force
from accounts.services.memberships import membership_propose
from accounts.services.people import user_create
from accounts.services.places import area_create, organisation_create
from edge.conf import setting
from kernel import clock
from kernel.actor import SYSTEM
from kernel.codes.roles import Role
from kernel.problems import Problem

USERNAME = "administrator"


@transaction.atomic
def administrator_found() -> User:
    """The administrator in force, or the first one, made with the district's government and its area.

    Problem `conflict` when there are people, but no administrator is in force: that is no empty installation.
    """
    Area.objects.select_for_update().order_by("pk").first()
    present = (
        memberships_in_force().filter(role=Role.DISTRICT_ADMIN).select_related("user").order_by("pk").first()
    )
    if present is not None:
        return present.user
    if User.objects.exists() or Membership.objects.exists():
        raise Problem("conflict", "there are people, but no administrator in force")
    user = user_create(actor=SYSTEM, username=USERNAME, name="管理员")
    membership_propose(
        actor=SYSTEM, user_id=user.id, role=Role.DISTRICT_ADMIN, organisation_id=_government().id,
        valid_from=clock.today(),
    )  # fmt: skip
    return user


def _government() -> Organisation:
    present = Organisation.objects.filter(kind=OrganisationKind.DISTRICT_GOVERNMENT).order_by("pk").first()
    name = setting("DISTRICT_NAME")
    return present or organisation_create(
        actor=SYSTEM,
        name=f"{name}人民政府",
        kind=OrganisationKind.DISTRICT_GOVERNMENT,
        area_id=_district().id,
    )


def _district() -> Area:
    """The district's area with city and province above it, made as far as they are missing (code: GR-6)."""
    code = str(setting("DISTRICT_CODE"))
    above: Area | None = None
    for level, digits in ((AreaLevel.PROVINCE, 2), (AreaLevel.CITY, 4), (AreaLevel.DISTRICT, 6)):
        own = code[:digits].ljust(12, "0")
        name = setting("DISTRICT_NAME") if level == AreaLevel.DISTRICT else own
        above = Area.objects.filter(code=own, valid_to__isnull=True).first() or area_create(
            actor=SYSTEM, code=own, name=name, level=level, parent_id=above.id if above else None
        )
    assert above is not None  # noqa: S101  because the loop has run three times
    return above
