"""What can be wrong with the state, said so that the operator can mend it. No message holds a person's text or id."""


class StateError(Exception):
    """The state cannot be opened, read or written; the text says why and what to do."""


class StateInUseError(StateError):
    """Another bot holds the same state. Only one may, or each would undo what the other writes."""
