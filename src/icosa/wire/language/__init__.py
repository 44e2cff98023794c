"""What is asked for, in words that do not depend on how it is sent: filters, orders, cursors, paths."""
