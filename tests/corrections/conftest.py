"""The stage of corrections. Models are imported late: this file is read before the apps are loaded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.cast import District, Member, Worker
    from tests.corrections.stage import Case, VisitPhone


@pytest.fixture
def stage(clock: Any, district: District) -> Any:
    """The square district with its leave area, on Monday 2026-03-02 09:00 in Shanghai."""
    from django.db import transaction

    from tests.corrections import stage as module

    with transaction.atomic():
        module.leave_area(district)
    return module


@pytest.fixture
def case(stage: Any, district: District, officer: Member, worker: Worker) -> Case:
    """An adult whose group is the officer and the worker, with a weekly visit."""
    return stage.case(district, officer.actor, stage.member(worker.user), person=stage.adult())


@pytest.fixture
def minor_case(stage: Any, district: District, officer: Member) -> Case:
    """A minor with a guardian; the officer knows minors."""
    subject = stage.registered(district, officer.actor, stage.minor(id_number=""))
    order = stage.ordered(officer.actor, subject)
    knows = stage.member(officer.user, kind=stage.MemberKind.OFFICER, knows_minors=True)
    group = stage.group_create(actor=officer.actor, subject_id=subject.id, members=[knows])
    stage.group_activate(actor=officer.actor, group_id=group.id)
    return stage.Case(district, officer.actor, subject, order, group, stage.planned(officer.actor, subject))


@pytest.fixture
def assessed(stage: Any) -> None:
    """Positioning rests on an impact assessment in force."""
    from privacy.codes import Processing
    from tests.privacy.made import switched_on

    switched_on(Processing.POSITIONING)


@pytest.fixture
def worker_phone(worker: Worker) -> VisitPhone:
    from tests.corrections.stage import VisitPhone

    return VisitPhone(worker.actor)


@pytest.fixture
def second_phone(second_worker: Worker) -> VisitPhone:
    from tests.corrections.stage import VisitPhone

    return VisitPhone(second_worker.actor)
