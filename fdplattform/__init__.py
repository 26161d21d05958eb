"""fdplattform: municipalities run a local dialogue, from the first talk to the last measure."""

__version__ = "0.1.0"
