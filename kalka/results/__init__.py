"""What the committees did in a period: figures out of records, on a screen, on paper and in a spreadsheet.

It reads `facts` alone. A target is set on own work only, never on families or on facts found.
"""
