"""Page templates, installed as `fdplattform.templates`."""
