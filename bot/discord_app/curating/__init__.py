"""Curation in Discord: commands, forms and buttons, thin over bot.curation."""
