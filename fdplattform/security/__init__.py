"""Who may do what: permissions, roles, the policy, and the guards at the door (CSP, CSRF, rate and body limits)."""
