"""Learning from the facts: questions made of them, quizzes and decks. Knows no Discord and no clock."""
