"""Who there is to help: subjects of the law, organisations, and posts.

A post is a role in an organisation and a territory, from a day on, perhaps until a last one; people come and go in
it. What a person may do comes from the post acted in, and ends with it on the next request.
"""
