"""What a reader sees, as values: text, labels, charts."""
