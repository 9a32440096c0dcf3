"""From a file of any origin to typed, checked rows, each accounted for: read = loaded + rejected + set aside."""
