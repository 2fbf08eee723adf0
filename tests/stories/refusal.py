"""A refusal at the grid, after which nothing fires any more (PM-17, PM-3)."""

from tests.stories.field import on_the_spot, record
from tests.stories.stage import Desk, Stage

WORKER = "grid_worker.001.3"
FIRINGS = "select count(*) from escalation_firing f where f.dispute_id = %s"
CLOCKS = "select count(*) from escalation_level_clock c where c.dispute_id = %s and c.ended_at is null"
TASKS = "select count(*) from tasks_task t where t.subject_id = %s and t.state = 'open'"


def play(stage: Stage) -> None:
    teller = stage.teller
    teller.chapter("A refusal at the grid 网格内拒绝调解")
    phone, coordinator = stage.phone(WORKER), stage.desk("community_coordinator")
    made = record(stage, phone, on_the_spot(stage, phone, "楼道堆放杂物，邻里争执", outcome="report_up"))
    teller.tell("a worker records a quarrel of two neighbours, offline, and syncs")
    dispute = stage.dispute_of(made)
    teller.tell(f"one case, one code 一案一码: {dispute['code']}")
    one = str(dispute["id"])
    for event in ("accept", "triage"):
        stage.step(coordinator, one, event)
    clocks = stage.stand.ask(CLOCKS, one)[0][0]
    teller.expect(clocks, f"accepted and triaged at the grid: {clocks} level clock runs")
    _refuse(stage, coordinator, one)
    _nothing_more(stage, one)


def _refuse(stage: Stage, coordinator: Desk, one: str) -> None:
    teller = stage.teller
    party = stage.parties(coordinator, one, "说明拒绝的当事人")[0]["id"]
    coordinator.post(f"/disputes/{one}/refusals", {"party_id": party})
    stage.settle()
    found = coordinator.get(f"/disputes/{one}")
    teller.expect(found["mediation_refused"], "one neighbour says no to mediation: it holds at the word")
    teller.same(stage.stand.ask(CLOCKS, one)[0][0], 0, "every clock of it has stopped")


def _nothing_more(stage: Stage, one: str) -> None:
    teller, before = stage.teller, stage.stand.ask(FIRINGS, one)[0][0]
    for days in (1, 7, 30):
        stage.later(days=days, hour=9)
        stage.due()
    teller.same(stage.stand.ask(FIRINGS, one)[0][0], before, "38 days on no rule has fired")
    teller.same(stage.stand.ask(TASKS, one)[0][0], 0, "no follow-up, no task about it")
    clerk = stage.desk("centre_clerk")
    waiting = [item for item in clerk.get("/mediation/intake?limit=200")["results"] if item["dispute"] == one]
    teller.same(waiting, [], "nothing of it waits at the street centre")
