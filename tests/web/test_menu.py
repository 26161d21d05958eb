"""The main navigation marks one entry: the nearest."""

from fdplattform.security.permissions import Role


def test_only_the_nearest_entry_is_marked(client, make):
    client.login(make.account(Role.PROGRAMME_OFFICE))
    marked = {
        path: [link.get_text(strip=True) for link in client.get(path).html.select(".site-nav [aria-current]")]
        for path in ("/verwaltung", "/verwaltung/programme", "/kommunen")
    }
    assert marked == {
        "/verwaltung": ["Meine Woche"],
        "/verwaltung/programme": ["Programme"],
        "/kommunen": ["Kommunen"],
    }
