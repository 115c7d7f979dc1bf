"""Study groups in Discord: quizzes, the question of the day, cards of one's own, and what is taken along."""
