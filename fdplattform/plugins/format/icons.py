"""The icons of the design system that a format may have; `assets/_icons.scss` draws the same."""

ICONS = frozenset(
    {"account-circle", "calendar-today", "checklist", "edit", "groups", "help", "home", "info", "language", "mail"}
    | {"search", "sign-language", "signpost"}
)
