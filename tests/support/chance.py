"""How hard Hypothesis tries where every example goes through the front door."""

from hypothesis import HealthCheck, settings

AT_RANDOM = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
