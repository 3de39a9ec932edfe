"""All that changes what analysts conclude. One family of verbs a file."""
