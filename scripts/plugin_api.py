"""Write down the names of the plugin API when a release counts its version up: fdplattform/testing/released/."""

from fdplattform.config import core
from fdplattform.plugins.loader import API_VERSION
from fdplattform.settings import read_settings
from fdplattform.testing.surface import RELEASED, surface

TARGET = RELEASED / "{}.{}.txt".format(*API_VERSION)


def main() -> None:
    wanted = {
        "fdplattform.secret": "nothing is signed while the names are written",
        "fdplattform.database_url": "sqlite://",
    }
    config = core(read_settings(wanted))
    config.commit()
    TARGET.write_text("\n".join(sorted(surface(config.registry.event_tools))) + "\n", "utf-8")


if __name__ == "__main__":
    main()
