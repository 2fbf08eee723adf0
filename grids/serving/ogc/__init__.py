"""OGC API Features part 1 (OGC 17-069r4): core, GeoJSON and OpenAPI 3.0."""
