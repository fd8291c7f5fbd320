"""The version, where every layer may read it without importing the glue."""

__version__ = "0.1.0"
