"""What people say together: drafted in versions, carried by all or with reservations, and answered point by point."""

from pyramid.config import Configurator
from translationstring import TranslationStringFactory

from fdplattform.tools.statement.letters import RESPONSES
from fdplattform.tools.statement.tasks import point_tasks
from fdplattform.tools.statement.tool import STATEMENT

_ = TranslationStringFactory("fdplattform")


def includeme(config: Configurator) -> None:
    config.include("fdplattform.tools.statement.resources")
    config.include("fdplattform.tools.statement.translatable")
    config.add_tool(STATEMENT)
    config.add_letter_placeholder(RESPONSES)
    config.add_task_source("statement", point_tasks)
    config.add_journal_tag("statement:save", _("Statement saved: draft ${draft}"))
    config.add_journal_tag("statement:points", _("Points of the statement changed: ${count}"))
    config.add_journal_tag("statement:answer", _("Response to point ${number} of the statement changed"))
    config.add_journal_tag("statement:translate", _("Statement translated: ${language}"))
