"""Rules for pages, beyond what a record must be."""
