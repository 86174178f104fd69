"""Risk instruments as immutable editions, and one scorer that knows none of them."""
