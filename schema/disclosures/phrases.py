"""Sentences that the descriptions of many fields share."""

from typing import Final

VERSION: Final = "Counts the recordings of this group on this record, from 1; the newest is shown."
SUMMARY_VERSION: Final = "The version of the group that this is the summary of."
TEXT: Final = "At most 15,000 characters."
SHORT: Final = "At most 250 characters."
EMAIL: Final = 'An address such as "name@example.org".'
PHONE: Final = 'Digits with spaces, such as "+44 20 7946 0000".'
PARTIAL: Final = "Send only the part that is known."
NOTHING: Final = "Null: nothing recorded that you may know of."  # absent and hidden are the same bytes
