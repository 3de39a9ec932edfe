"""Turning what was typed into values. A rule is an action's; a form repeats it only as a kindness."""
