"""How dealers are judged: what they earn, what they owe, how they score. Pure formulas, no data of their own."""
