"""Settings of every test, of the core and of the plugins in this repository."""

from hypothesis import HealthCheck, settings

# Timing lives in `make bench`, never in a test: a busy machine must not make a rule look broken.
settings.register_profile("without_a_clock", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("without_a_clock")
