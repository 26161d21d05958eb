"""`python -m fdplattform.cli` is the same as `fdplattform`."""

from fdplattform.cli import main

main(prog_name="fdplattform")
