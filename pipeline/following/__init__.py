"""Following feeds: the list, what is known of each, what is wanted of them, and asking."""
