"""Plugins: what a format declares, the hooks, the loader that lets nothing broken in, and the registry of formats."""
