"""What a changed workspace does to what was made for it: catalogues compared, and the places that use what changed.

compare(STANDARD, crm.catalogue)                                   # every difference, and whether it breaks something
examine(STANDARD, crm.catalogue, in_files([Path("scripts")], …))   # where scripts meet one
"""
