"""The executive meeting on the screen: stage (agenda, clock, projector), items, cards, the story of a family, the papers."""
