import gc
import os
import sys

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backend.settings")
application = get_wsgi_application()

import backend.urls  # noqa: E402, F401  because every view is to be loaded before the threads begin
from backend.startup import check_database, check_sync  # noqa: E402  because the apps must be loaded first
from edge import faults, shapes  # noqa: E402  because settings judge its variable first

check_database()
check_sync()
shapes.make_ready()
if faults.SAID:
    application = faults.around(application)
# What is loaded now lives as long as the process: the collector need not look at it again on every push.
gc.collect()
gc.freeze()
gc.set_threshold(50_000, 10, 10)
# So long a thread that comes back from the database waits for one that computes; five times that by default.
sys.setswitchinterval(0.001)
