"""The S&OP meeting: its cycle, changes of the plan, decisions, promises and versions, read from and kept in the records.

cycles      the five steps of a month: who signed what, what is lacking, what has become stale
changes     overrides of the demand plan: saved cell by cell, with conflicts shown and nothing lost
demand_grid the grid in which a family's demand is changed: drafts (grid_drafts), what they would do, saving; shapes in grid_shapes
demand_file the same grid as a workbook that goes out and comes back
noted       assumptions, risks and opportunities, open issues of a cycle: the question
register    decisions, actions, assumptions, risks, open issues, scenarios; minutes of the meeting
proposals   decision cards made of scenarios and of issues; what waits for the executives
agendas     the pre-meeting: items that are done, who was there
fairness    one board for sales areas, production, purchasing and dealers
what_if     the drawer: levers over the plan of record, solved anew; Base is kept for each data version and change of the plan
effects     the plan with what the cycle has decided: money by month, people, products; what an approval freezes
cards       decisions with their options side by side; executive: what the executives do with them, with families, clock and score
report_card measures beside their plan; exceptions: families to be spoken of and those approved by consent; family_story: the drill
comparing   any two versions or scenarios beside each other; how good approved plans turned out
seven_plans the seven plans as approved; papers: workbook, minutes and slides made of all of it
plans       approved versions: frozen, numbered, never changed
"""
