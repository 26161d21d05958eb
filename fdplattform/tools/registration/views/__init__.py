"""The pages of registration: `register` and `own` for residents, the others for staff."""
