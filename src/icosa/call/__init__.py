"""What is asked, as a value: a request, its answer, records, and how they are spelled.  Nothing here sends anything."""
