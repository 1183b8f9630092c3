"""Drafts: referral forms that are not sent yet."""
