"""The engine of the draw: a library that knows neither database nor web.

From people and quotas (`pool`) to a lottery of panels (`lottery`), its record (`record`) and the check of it
(`verify`). Only the standard library, numpy and HiGHS are used.
"""
