import pytest

from fdplattform.security.permissions import Role


@pytest.fixture
def municipality(make):
    return make.municipality(state="Baden-Württemberg", population=13_500)


@pytest.fixture
def coordinator(make, municipality):
    return make.account(Role.COORDINATOR, municipality)


@pytest.fixture
def team(client, coordinator):
    client.login(coordinator)
    return client


@pytest.fixture
def assembly(make, municipality):
    """Makes an assembly in `state`, in the municipality, which lies in `land`."""

    def made(state="draft", land="Baden-Württemberg", **values):
        municipality.state = land
        return make.event(
            make.dialogue(municipality),
            format_id="einwohnerversammlung",
            state=state,
            host="Bürgermeisteramt",
            **values,
        )

    return made
