"""What each kind of page shows of the library, as functions of it."""
