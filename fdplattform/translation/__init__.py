"""Text that people write, in more than one language."""
