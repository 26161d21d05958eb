"""The words of the room."""

from translationstring import TranslationStringFactory

_ = TranslationStringFactory("fdplattform")
