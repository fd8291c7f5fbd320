"""Files and caches: where a collection is kept, and how it is read and written safely."""
