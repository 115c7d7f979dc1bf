"""Attaché answers questions from a curated, sourced and dated knowledge base."""
