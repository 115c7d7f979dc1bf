"""Text in, a Query (or options, or a reason why not) out. The only room that imports rapidfuzz."""
