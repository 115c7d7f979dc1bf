"""Tests of `bot/state/`."""
