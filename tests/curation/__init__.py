"""Changes of the facts: what becomes of the files, and what a crash leaves of one."""
