"""Run reactions and clocks: the worker beside the web server."""

import asyncio
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from procrastinate.contrib.django import app

from backend.startup import check_database
from edge import shapes


class Command(BaseCommand):
    help = "运行后台任务：反应与时钟。Run reactions and the minute's clock until stopped."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="stop when the queue is empty")
        parser.add_argument("--concurrency", type=int, default=2, help="jobs at a time (default 2)")

    def handle(self, *args: Any, **options: Any) -> None:
        check_database()
        shapes.make_ready()
        worker = app.with_connector(app.connector.get_worker_connector())
        asyncio.run(self._run(worker, wait=not options["once"], concurrency=options["concurrency"]))

    async def _run(self, worker: Any, *, wait: bool, concurrency: int) -> None:
        async with worker.open_async():
            await worker.run_worker_async(
                wait=wait,
                concurrency=concurrency,
                listen_notify=wait,
                delete_jobs="successful",
                name="gridgov",
            )
