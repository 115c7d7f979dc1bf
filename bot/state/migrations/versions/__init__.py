"""One file a step, named by its number; the newest is the last. A step that was released is never changed."""
