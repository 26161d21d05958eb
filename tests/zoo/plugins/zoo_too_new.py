"""Written for a later minor of the API, and not even importable here."""

import a_module_of_tomorrow

FDPLATTFORM_API = (1, 2)

a_module_of_tomorrow.begin()
