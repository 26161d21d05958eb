"""The pages of the replies."""
