"""Query in, Answer out. Finds what is on file for the day asked about and words it from templates."""
