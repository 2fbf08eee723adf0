"""What maps read: vector tiles, OGC API Features, exports, offline packs."""
