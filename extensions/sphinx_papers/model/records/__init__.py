"""What the records hold: papers, people, venues, the library of them all, and what is derived from one record."""
