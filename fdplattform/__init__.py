"""fdplattform: municipalities run a local dialogue, from the first talk to the last measure."""

__version__ = "0.2.0.dev0"
