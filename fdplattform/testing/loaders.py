"""Lets Pyramid find templates and catalogues in modules that pytest has loaded.

pytest rewrites the assertions of all modules of a distribution that brings a pytest plugin, with a loader of its own;
`pkg_resources`, with which Pyramid looks for files in packages, knows only Python's.
"""

import warnings

from _pytest.assertion.rewrite import AssertionRewritingHook


def make_known() -> None:
    """Tell `pkg_resources` that pytest's loader keeps its files where Python's does."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        import pkg_resources
    pkg_resources.register_loader_type(AssertionRewritingHook, pkg_resources.DefaultProvider)
