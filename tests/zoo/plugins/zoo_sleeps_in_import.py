"""Never comes back from its import."""

import threading

FDPLATTFORM_API = (1, 0)

threading.Event().wait(600)
