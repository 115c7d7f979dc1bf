"""The real process, `python -m bot run`, driven through a loopback Discord: what only the whole can show."""
