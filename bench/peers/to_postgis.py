"""geopandas' `to_postgis`, run by the peers' Python: `to_postgis.py FILE URL TABLE` prints its seconds.

Starting Python and importing geopandas are outside of the clock; reading the file is not.
"""

import sys
import time

import geopandas
import sqlalchemy


def main() -> None:
    file, url, table = sys.argv[1:]
    engine = sqlalchemy.create_engine(url)
    start = time.perf_counter()
    geopandas.read_file(file).to_postgis(table, engine)
    print(time.perf_counter() - start)


if __name__ == "__main__":
    main()
