"""Dump, a new cluster, restore, and phones that come back with cursors of the old life."""

import shutil

from django.db import connection

from backend.bootstrap import shell
from tests.faults.crew import Member
from tests.faults.scenarios import Scene
from tests.faults.stand import Stand, another

SECRETS = ("django_key", "jwt_key", "keyring.json")
RESTORING = "503 restoring"


def restored(scene: Scene) -> None:
    """Two phones hold unsent records while the district moves to another cluster; it is judged there."""
    scene.stand.serve()
    scene.work(5)
    dump = scene.stand.place / "district.dump"
    _program(scene.stand, "pg_dump", "-Fc", "-f", str(dump), scene.stand.cluster.url("postgres", "gridgov"))
    scene.stand.quiet()
    unsent = scene.crew.members[:2]
    for member in unsent:
        member.record(20 * scene.scale)
    fresh = scene.exits.enter_context(another())
    _bring_back(scene.stand, fresh, str(dump))
    fresh.serve()
    scene.crew.each(_refused, unsent)
    scene.notes["told to wait"] += sum(member.trouble[RESTORING] > 0 for member in unsent)
    fresh.manage("sync_rotate_epoch")
    fresh.serve()
    scene.crew.each(Member.until_sent, unsent)
    scene.notes["epoch"] = unsent[0].phone.call("GET", "/sync/manifest")["epoch"]
    _judge_on(fresh)


def _refused(member: Member) -> None:
    """The phone asks until it is told that the district is being restored, and keeps its records."""
    member.until(lambda: member.trouble[RESTORING] or member.phone.sync())
    if not member.phone.store.unsent():
        raise SystemExit(f"faults: {member.username} was heard by a database of another life")


def _bring_back(old: Stand, fresh: Stand, dump: str) -> None:
    fresh.port, fresh.url = old.port, old.url
    for name in SECRETS:
        shutil.copy2(old.place / "secrets" / name, fresh.place / "secrets" / name)
    fresh.env["GRIDGOV_BASE_URL"] = old.url
    fresh.cluster.psql("drop database gridgov")
    fresh.cluster.psql("create database gridgov owner gridgov_owner template template0")
    _program(fresh, "pg_restore", "-d", fresh.cluster.url("postgres", "gridgov"), dump)


def _program(stand: Stand, name: str, *arguments: str) -> None:
    shell.run([stand.cluster.server.program(name), *arguments])


def _judge_on(stand: Stand) -> None:
    """The comparison of this process reads the new cluster from here on."""
    connection.close()
    password = stand.cluster.url("app", "gridgov").split("://", 1)[1].split("@")[0].split(":", 1)[1]
    connection.settings_dict |= {"HOST": str(stand.cluster.socket), "PASSWORD": password}
