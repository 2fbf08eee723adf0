"""`python -m faults --to 127.0.0.1:8000 --listen 9000 --seed 1 cut_after=0.1@/sync/push delay=0.3:0.2`.

A rule is `<action>=<share>[:<value>][@<part of the path>]`; the first that hits decides. Ctrl-C ends it and
prints what was done.
"""

import argparse
import time

from faults.proxy import FaultProxy, Rule


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--to", required=True, help="host:port of the server")
    parser.add_argument("--listen", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("rules", nargs="+", type=Rule.read)
    options = parser.parse_args()
    host, _, port = options.to.rpartition(":")
    with FaultProxy((host, int(port)), options.rules, seed=options.seed, port=options.listen) as proxy:
        print(proxy.url, flush=True)
        try:
            while True:
                time.sleep(3600)
        except KeyboardInterrupt:
            print(dict(proxy.counts))


if __name__ == "__main__":
    main()
