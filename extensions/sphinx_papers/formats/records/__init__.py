"""YAML, pages and registries to the values of the model."""
