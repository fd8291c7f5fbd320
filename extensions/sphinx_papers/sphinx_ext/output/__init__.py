"""What is written beside the pages, and what is cleared away."""
