"""What everything stands on: who acts, what may be done, the one door for writes, the record of it, and the clock."""
