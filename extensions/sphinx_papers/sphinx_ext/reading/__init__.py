"""From files to documents: the collection, its generated pages, and which pages are out of date."""
