"""What `check` says of a collection, and what it can mend."""
