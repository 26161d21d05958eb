"""What happened, who did it and when: one append-only log, written in the transaction of the change itself."""

from pyramid.config import Configurator

from fdplattform.journal.tags import JournalTags, add_journal_tag


def includeme(config: Configurator) -> None:
    tags = JournalTags(strict=config.registry.fdp.strict)
    config.registry.journal_tags = tags
    # Services get a session and no registry; the session carries what the journal needs to know.
    sessions = config.registry.sessions
    sessions.configure(info={**(sessions.kw.get("info") or {}), JournalTags.INFO_KEY: tags})
    config.add_directive("add_journal_tag", add_journal_tag)
    config.include("fdplattform.journal.pages")
