"""Lists the packages: `templates/` lives at the top level and is installed as `fdplattform.templates`."""

from setuptools import find_packages, setup

setup(packages=[*find_packages(include=["fdplattform", "fdplattform.*"]), "fdplattform.templates"])
