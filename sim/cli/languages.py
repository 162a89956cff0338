"""The languages a command can answer in. Imports nothing of the package."""

from __future__ import annotations

from enum import StrEnum


class Language(StrEnum):
    """English or Chinese."""

    en = "en"
    zh = "zh"
