"""Short answers for who asks at a prompt: numbers with their conditions and sources."""
