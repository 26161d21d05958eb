"""Write the permission matrix anew: tests/security/matrix.csv. The difference belongs into the review."""

import tempfile
from pathlib import Path

from fdplattform.config import configure
from fdplattform.settings import read_settings
from fdplattform.testing.matrix import matrix
from fdplattform.testing.pytest_plugin import plugins_under_test

TARGET = Path(__file__).resolve().parent.parent / "tests/security/matrix.csv"


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        settings = read_settings(
            {
                "fdplattform.database_url": f"sqlite:///{Path(folder) / 'none.sqlite'}",
                "fdplattform.secret": "nothing is signed while the matrix is written",
                "fdplattform.strict": "true",
            }
        )
        config = configure(settings, plugins_under_test())
        config.commit()
        TARGET.write_text(matrix(config.registry), "utf-8")
        config.registry.engine.dispose()


if __name__ == "__main__":
    main()
