"""The pages of registration: for residents (`register`, `own`) and for staff (`participants`, `attendance`, `calls`)."""
