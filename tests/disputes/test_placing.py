"""Staff put a dispute into another grid: with a reason, its history kept, its phones changed (case G7)."""

from collections.abc import Callable
from typing import Any

import pytest

from disputes.models import Dispute, DisputeMove, Screening
from tests.cast import District, Member, Worker
from tests.disputes.made import body, dispute_of, screened
from tests.disputes.test_path import push, sent
from tests.disputes.test_scope_change import Phone


def place(who: Member, dispute: Dispute, district: District, grid: str, reason: str = "实际在隔壁") -> Any:
    wish = {"grid_id": str(district.grids[grid].id), "reason": reason}
    return who.client.post(f"/api/v1/disputes/{dispute.id}/grid", wish, format="json")


@pytest.fixture
def pushed(committed: None, district: District, worker: Worker, drain: Callable[[], int]) -> Dispute:
    push(worker, sent(body(district)))
    drain()
    return Dispute.objects.get()


def test_g7_an_override_leaves_one_phone_and_comes_to_another(
    pushed: Dispute, district: District, second_worker: Worker, neighbour_worker: Worker, clerk: Member
) -> None:
    old, new = Phone(second_worker), Phone(neighbour_worker)
    assert place(clerk, pushed, district, "A2-1").status_code == 200
    assert old.next()["remove"] == {"dispute": [str(pushed.id)]}
    assert [row["id"] for row in new.next()["put"]["dispute"]] == [str(pushed.id)]


@pytest.mark.django_db
class TestOverride:
    @pytest.fixture
    def dispute(self, district: District, worker: Worker) -> Dispute:
        return dispute_of(screened(worker, body(district)))

    def test_the_history_keeps_from_where_to_where_by_whom_and_why(
        self, dispute: Dispute, district: District, coordinator: Member
    ) -> None:
        place(coordinator, dispute, district, "A1-2", "门牌在北侧")
        (move,) = coordinator.client.get(f"/api/v1/disputes/{dispute.id}/grid").json()
        grids = {"from_grid": str(district.grids["A1-1"].id), "to_grid": str(district.grids["A1-2"].id)}
        assert move | grids == move
        assert (move["reason"], move["actor"]) == ("门牌在北侧", str(coordinator.user.id))

    def test_the_screening_keeps_the_grid_of_its_point(
        self, dispute: Dispute, district: District, clerk: Member
    ) -> None:
        place(clerk, dispute, district, "A2-1")
        dispute.refresh_from_db()
        assert dispute.community_id == district.areas["A2"].id
        assert Screening.objects.get().grid_id == district.grids["A1-1"].id

    def test_a_doubled_call_moves_once(self, dispute: Dispute, district: District, clerk: Member) -> None:
        for _ in range(2):
            assert place(clerk, dispute, district, "A2-1").status_code == 200
        assert DisputeMove.objects.count() == 1

    def test_a_reason_is_required(self, dispute: Dispute, district: District, clerk: Member) -> None:
        assert place(clerk, dispute, district, "A2-1", "").status_code == 400
        assert DisputeMove.objects.count() == 0

    def test_a_grid_of_another_street_does_not_exist(
        self, dispute: Dispute, district: District, clerk: Member
    ) -> None:
        assert place(clerk, dispute, district, "B1-1").json()["code"] == "not_found"

    def test_a_worker_moves_nothing(self, dispute: Dispute, district: District, worker: Worker) -> None:
        assert place(worker, dispute, district, "A2-1").json()["code"] == "role_not_allowed"

    def test_what_is_over_is_not_moved(self, dispute: Dispute, district: District, clerk: Member) -> None:
        Dispute.objects.filter(id=dispute.id).update(state="archived")
        assert place(clerk, dispute, district, "A2-1").json()["code"] == "transition_not_allowed"

    def test_on_the_protected_track_only_the_director_moves_the_place(
        self, district: District, worker: Worker, clerk: Member, director: Member
    ) -> None:
        hidden = dispute_of(screened(worker, body(district, protected=True)))
        assert place(clerk, hidden, district, "A2-1").json()["code"] == "role_not_allowed"
        assert place(director, hidden, district, "A2-1").status_code == 200
        assert clerk.client.get(f"/api/v1/disputes/{hidden.id}/grid").json() == []
