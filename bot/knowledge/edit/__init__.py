"""Edits of single entries within YAML files, in which every other byte stays."""
