"""Why an entry cannot be edited in place."""


class EditError(Exception):
    """The entry is not there, or is written in a way that only a person can edit; the text says what to do."""
