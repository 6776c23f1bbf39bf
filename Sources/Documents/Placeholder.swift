// Replaced when the target gets its content.
