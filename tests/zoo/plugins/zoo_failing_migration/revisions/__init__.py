"""The revisions of failing_migration."""
