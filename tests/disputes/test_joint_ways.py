"""A department's word may change until it is done: each answer on a question of its own, over HTTP."""

from typing import Any

import pytest

from accounts.models import Organisation
from disputes.models import Dispute, JointQuestion
from tests.cast import Member
from tests.disputes.test_joint import QUESTIONS, answer, day, departments, dispute, post, question

__all__ = ["departments", "dispute", "question"]
pytestmark = pytest.mark.django_db
SAID = {
    "needs": {"words": "请提供管道图"}, "not_ours": {"basis": "三定方案第三条"},
    "done": {},
}  # fmt: skip
WAYS = [
    "needs done", "needs not_ours", "needs will_do", "needs withdraw", "will_do done", "will_do needs",
    "will_do will_do", "will_do withdraw",
]  # fmt: skip


@pytest.mark.law("GR-10")
@pytest.mark.parametrize("way", WAYS)
def test_a_word_follows_another(
    director: Member, dispute: Dispute, departments: list[Organisation], question: Any, way: str
) -> None:
    for number, kind in enumerate(way.split()):
        if kind == "withdraw":
            done = post(director, f"{QUESTIONS}/{question['id']}/withdraw", reason="已另行解决")
        else:
            more = {"by_date": day(3 + number)} if kind == "will_do" else SAID[kind]
            done = answer(director, question, kind, **more)
        assert done.status_code in (200, 201), (kind, done.json())
    last = way.rsplit(maxsplit=1)[-1]
    assert JointQuestion.objects.get().state == ("withdrawn" if last == "withdraw" else last)
