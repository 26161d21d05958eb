"""What can happen in an event. Each tool is a slice of its own; the domain knows tools only through their registry."""
