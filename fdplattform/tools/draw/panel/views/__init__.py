"""The pages of the panel's room."""
