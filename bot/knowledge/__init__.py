"""YAML in, a checked and immutable KnowledgeBase out. Knows nothing of questions or of wording."""
