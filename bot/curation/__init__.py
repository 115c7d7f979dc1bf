"""Changes of the facts: prepared, shown beforehand, saved so that nothing is ever half done, told and taken back."""
