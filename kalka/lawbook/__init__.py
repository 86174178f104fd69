"""The law as dated data: what was in force on a day, and the article that says so. Unknown law is unset, never a guess."""
