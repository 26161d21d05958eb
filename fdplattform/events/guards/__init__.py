"""The library of guards from which formats build their workflows: each makes a pure function of facts and moment."""

from fdplattform.events.guards.content import (
    details_filled,
    every_field_has_a_group,
    every_group_has_a_date,
    every_group_has_a_lead,
    every_record_has,
    has_agenda,
    has_field_of_its_own,
    has_fields,
    has_findings,
    has_host,
    has_records,
    tool_says,
)
from fdplattform.events.guards.others import follower_reached, has_synthesis, has_synthesis_when_all, siblings_reached
from fdplattform.events.guards.time import (
    DaysAfterStep,
    date_ahead,
    dates_over,
    days_after_step,
    days_before,
    has_begun,
    has_date,
    is_postponed,
    not_postponed,
)
from fdplattform.events.guards.weight import Weight, weigh

__all__ = [
    "DaysAfterStep",
    "Weight",
    "date_ahead",
    "dates_over",
    "days_after_step",
    "days_before",
    "details_filled",
    "every_field_has_a_group",
    "every_group_has_a_date",
    "every_group_has_a_lead",
    "every_record_has",
    "follower_reached",
    "has_agenda",
    "has_begun",
    "has_date",
    "has_field_of_its_own",
    "has_fields",
    "has_findings",
    "has_host",
    "has_records",
    "has_synthesis",
    "has_synthesis_when_all",
    "is_postponed",
    "not_postponed",
    "siblings_reached",
    "tool_says",
    "weigh",
]
