"""Who looks over whose shoulder: what the record shows of the staff, for the auditor.

An *alarm* is a pattern in the record that calls for a look: it names a post, times and numbers, never whom a file is
about. A *bait* is a file that is nobody's; opening one is an alarm. An *opening* is what was read by break-glass; each
is looked at afterwards. Alarms prove nothing: a person looks and writes down what it was.
"""
