"""The words of words.toml: what is said around the name of a drug, and dosage forms."""

from importlib.resources import files
from tomllib import loads as toml

_words = toml((files("backend.catalog") / "words.toml").read_text(encoding="utf-8"))


def _longest_first(text):
    return tuple(sorted(dict.fromkeys(text.split()), key=len, reverse=True))


# Courtesies and questions, syllables that make another drug of a name, and forms; longest first.
SAID = _longest_first(_words["said"])
TURNING = _longest_first(_words["turning"])
FORMS = _longest_first(_words["forms"])
# What people say for forms, with the endings it may mean.
SPOKEN = {word: tuple(meant.split()) for word, meant in _words["spoken"].items()}
