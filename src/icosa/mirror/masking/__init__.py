"""Personal data replaced by made-up values, the same one each time for the same value and salt."""
