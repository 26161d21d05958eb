"""What several commands share."""

import warnings

# A dependency's own affair, and no message for the person at the shell.
warnings.filterwarnings("ignore", "pkg_resources is deprecated as an API", UserWarning)
