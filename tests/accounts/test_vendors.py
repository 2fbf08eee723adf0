"""Vendors' accounts (PI-21): dated, for one ticket, confirmed by another, without a role, in the trail."""

from datetime import timedelta
from typing import Any

import pytest
from rest_framework.test import APIClient

from accounts import services
from accounts.models import VendorAccount
from accounts.services.vendors import Engaged
from audit.models import AuditEvent
from kernel import clock
from kernel.codes.roles import Role
from kernel.problems import Problem
from tests.access.routes import routes
from tests.cast import District, Member

pytestmark = pytest.mark.django_db
URL = "/api/v1/vendor-accounts"


def engaged(**changes: Any) -> Engaged:
    values = {
        "username": "vendor1", "name": "测试工程师", "company": "测试公司", "contract_no": "合 1",
        "ticket": "工单 7", "purpose": "排查同步故障", "valid_from": clock.today(),
        "valid_to": clock.today() + timedelta(days=7),
    } | changes  # fmt: skip
    return Engaged(**values)


@pytest.fixture
def vendor(admin: Member, bureau_head: Member) -> VendorAccount:
    row = services.vendor_propose(actor=admin.actor, engaged=engaged())
    return services.vendor_confirm(actor=bureau_head.actor, vendor_id=row.id)


@pytest.fixture
def client(vendor: VendorAccount) -> APIClient:
    session = services.login(user=vendor.user, request_id="")
    return APIClient(headers={"authorization": f"Bearer {session.access}"})


@pytest.mark.law("PI-21")
def test_it_is_confirmed_by_another_and_ends_in_time(admin: Member, bureau_head: Member) -> None:
    row = services.vendor_propose(actor=admin.actor, engaged=engaged())
    with pytest.raises(Problem, match="role_not_allowed"):
        services.vendor_confirm(actor=admin.actor, vendor_id=row.id)
    with pytest.raises(Problem, match="no_membership"):
        services.login(user=row.user, request_id="")
    assert services.vendor_confirm(actor=bureau_head.actor, vendor_id=row.id).state == "confirmed"
    far = clock.today() + timedelta(days=60)
    with pytest.raises(Problem, match="vendor_too_long"):
        services.vendor_propose(actor=admin.actor, engaged=engaged(username="vendor2", valid_to=far))


@pytest.mark.law("PI-21", "DS-40", refused=True)
def test_it_reads_no_record_by_any_route(client: APIClient, vendor: VendorAccount) -> None:
    own = [route.path for route in routes() if not route.writes and not route.detail]
    found = {path: client.get(f"/{path}") for path in own if path.startswith("api/v1/")}
    heard = {path.removeprefix("api/v1/") for path, answer in found.items() if answer.status_code == 200}
    counts = {path: found[f"api/v1/{path}"].json().get("count", 0) for path in heard}
    assert {path for path, count in counts.items() if count} == {"organisations", "users"}
    assert (counts["users"], counts["memberships"]) == (1, 0)


@pytest.mark.law("PI-21", "DS-40")
def test_every_request_of_it_stands_in_the_trail(client: APIClient, vendor: VendorAccount) -> None:
    client.get("/api/v1/auth/me")
    client.get("/api/v1/disputes")
    rows = AuditEvent.objects.filter(event="vendor_account.request", subject_id=vendor.id)
    assert [row.detail["route"] for row in rows.order_by("id")] == ["api/v1/auth/me", "api/v1/disputes"]


@pytest.mark.law("PI-21")
def test_with_its_end_it_is_heard_no_more(client: APIClient, vendor: VendorAccount, admin: Member) -> None:
    assert client.get("/api/v1/auth/me").json()["role"] is None
    services.vendor_end(actor=admin.actor, vendor_id=vendor.id, reason="工单关闭")
    assert client.get("/api/v1/auth/me").status_code == 401
    with pytest.raises(Problem, match="no_membership"):
        services.login(user=vendor.user, request_id="")


@pytest.mark.law("PI-21")
def test_after_its_last_day_nobody_hears_it(vendor: VendorAccount) -> None:
    day = vendor.valid_from
    VendorAccount.objects.update(valid_from=day - timedelta(days=3), valid_to=day)
    with pytest.raises(Problem, match="no_membership"):
        services.login(user=vendor.user, request_id="")


@pytest.mark.law("PI-21")
def test_it_holds_no_role_and_heads_nothing(vendor: VendorAccount, admin: Member, district: District) -> None:
    office = district.organisations["centre A"].id
    with pytest.raises(Problem, match="vendor_has_no_role"):
        services.membership_propose(
            actor=admin.actor, user_id=vendor.user_id, role=Role.CENTRE_CLERK, organisation_id=office,
            valid_from=clock.today(),
        )  # fmt: skip
    with pytest.raises(Problem, match="vendor_has_no_role"):
        services.organisation_head_set(
            actor=admin.actor, organisation_id=office, user_id=vendor.user_id, reason="x"
        )


def test_it_starts_and_ends_in_the_years_of_ours(admin: Member) -> None:
    days = {"valid_from": "9999-12-01", "valid_to": "9999-12-20"}
    body = {name: str(getattr(engaged(), name)) for name in Engaged.__slots__} | days
    answer = admin.client.post(URL, body, format="json").json()
    assert (answer["code"], sorted(answer["fields"])) == ("invalid", sorted(days))


def test_the_api_proposes_confirms_and_ends(admin: Member, bureau_head: Member, auditor: Member) -> None:
    body = {name: str(getattr(engaged(), name)) for name in Engaged.__slots__}
    row = admin.client.post(URL, body, format="json").json()
    assert admin.client.post(f"{URL}/{row['id']}/confirm", {}, format="json").status_code == 403
    assert bureau_head.client.post(f"{URL}/{row['id']}/confirm", {}, format="json").status_code == 200
    assert auditor.client.get(URL).json()["count"] == 1
    ended = admin.client.post(f"{URL}/{row['id']}/end", {"reason": "工单关闭"}, format="json").json()
    assert ended["state"] == "ended"
