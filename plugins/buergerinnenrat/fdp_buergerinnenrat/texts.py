"""The domain of this plugin's messages."""

from translationstring import TranslationStringFactory

_ = TranslationStringFactory("fdp_buergerinnenrat")
