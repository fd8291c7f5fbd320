from __future__ import annotations

from hypothesis import HealthCheck, settings

# Machines that run the tests are slow at times, and a run must mean the same every time.
settings.register_profile(
    "steady", deadline=None, derandomize=True, database=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("steady")
# Looks elsewhere: `pytest tests/fuzz --hypothesis-profile free --hypothesis-seed 7`.
settings.register_profile("free", settings.get_profile("steady"), derandomize=False)
