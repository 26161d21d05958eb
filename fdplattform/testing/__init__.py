"""Support for tests of the platform and of format plugins: fixtures, factories and the contract suite.

A plugin's `conftest.py` says `pytest_plugins = ["fdplattform.testing.pytest_plugin"]`.
"""
