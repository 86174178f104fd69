"""The law as dated data: what was in force on a day, and the article that says so. Unknown is unset, never a guess."""
