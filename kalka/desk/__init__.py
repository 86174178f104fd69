"""The staff's desk: Today, the case page that merges every module's part of the time, search, own account, the record.

The desk decides nothing and owns no rows: it reads the modules' selectors and lays them out.
"""
