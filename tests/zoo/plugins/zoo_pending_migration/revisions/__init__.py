"""The revisions of pending_migration."""
