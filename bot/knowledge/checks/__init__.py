"""What no single file can tell, one module for each kind of entry. `bot/knowledge/check.py` runs them all."""
