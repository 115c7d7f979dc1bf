"""Every threshold of the reading, in one place, each with the questions that justify it.

A score is 1 minus the costs of a reading: misspelt words and names (0.04 each), slang (0.01), weak names (0.01), words
read past (0.002), a question cut out of a longer sentence (0.05 an end).
"""

# "dose pakisatn recongise azrbaijan tday" carries four misspellings and is still plain; at five nothing vouches for
# the rest.
ANSWER_SCORE = 0.80

# "does Nigera recognise Kosovo" lies as near to Niger as to Nigeria; two readings closer than this are asked back.
# A strong name beats a weak one (0.01) and a whole sentence beats a cut one (0.05).
MARGIN = 0.008

# Cutting at a clause mark: "my cousin says no, but does Mali recognise Kosovo".
CUT_COST = 0.05

# A near miss is suggested, never answered, from this likeness of its words to a known skeleton's.
SUGGEST_LIKENESS = 0.72

# Questions that were not understood are one gap from these likenesses of their masked words, of 100. As sets, so that
# "does {} really truly hate {}" joins "does {} hate {}", or by their content words alone, so that "{} detests {}" joins
# "does {} detest {}"; and sorted, so that "{}" alone, which is a part of any, does not join everything. Strange words
# must be nearly the same: "does Wakanda recognise Kosovo" lacks another name than "does Gondor recognise Kosovo".
SAME_WORDS = 90
SAME_CONTENT = 85
SAME_LENGTH = 70
SAME_STRANGER = 80
