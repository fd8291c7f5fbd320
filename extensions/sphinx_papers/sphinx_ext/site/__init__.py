"""What surrounds the pages: navigation, heads, search, the page for a missing address, the manual."""
