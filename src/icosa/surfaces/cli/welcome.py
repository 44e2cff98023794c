"""What `icosa` says by itself: where to begin, on one page."""

PAGE = """\
Icosa runs every action of the Twenty CRM, in any workspace or in its own.

  icosa demo                   fill a sample workspace, and see the main job
  icosa actions WORDS          find the action that you need
  icosa companies find-many    look at records, resource by resource
  icosa show people NAME       one record in words, with its notes and tasks
  icosa import people.csv      bring in a file: planned first, undone if wanted
  icosa login                  work on a Twenty workspace, not on your own file
  icosa serve                  answer the same API yourself
  icosa status                 which workspace commands go to, and why

icosa --help lists all commands, icosa COMMAND --help says what one takes.
"""
