"""The engine of the assortment desk: pure formulas on positions, lines and groups. Polars, numpy and days in and out; no files, no database, no data.

A *position* is a product in a sphere: the key of everything is (sphere, sku), because a product may stand in several spheres. A line is known by
(sphere, product_group, line_id), a group by (sphere, product_group). Figures are raw; what is unknown is null, with a reason beside it.

windows      review_window(as_of, months) -> ReviewWindow: the closed months looked at and the same months of the year before; after(day, months);
             next_day_of(gates, day), is_day_of: days of decision in a year
tree         in_force(versions, day) -> one row a position; changed(versions, first, last); why_refused(change): what a change of the tree lacks;
             short_lines(tree, least): lines with fewer products than a line should have
criterion    weighted(frame, margin, turnover, factors): `criterion` (share of the sphere, with the factor) beside `plain_criterion` (without)
abc          (engine/abc.py) classed by the share before the item; by_limit, by_sum, by_count: the other rules; money to the boundary
classes      positions_classed(frame, rules): all rules side by side, distance in money, flags; held: hysteresis; summary: shares of each class
variation    varied(quantities, rules, …) -> `cv`, `cv_adjusted`, `xyz`, `xyz_mark` of each position: intermittent, new, provisional, undefined
matrix       crossed(frame): the cells of ABC × XYZ with forecast error and policy
growth       growth(now, before) and what has no base; profit_shares within the sphere, losses apart
bcg          placed(frame, thresholds) -> quadrant, why it is not placed; thresholds_of(frame, rule); trails between two reviews
stages       stage(…): the filled column wins, else the rule on age and growth against the sphere
prices       price_map(prices, lines): range of each line at base and best discount; overlaps, substitution suspects, gaps
competitors  index(own, theirs, as_of): at base and at best discount, how old, what is overdue or cannot be
market       shares(market, segments, ours), faults, five forces
portfolio    shares of turnover and profit by stage, age and price segment
novelty      is_new(entered_on, day, months), novelty_until: half-open, by calendar months
codes        Code (sphere letter, priority, novelty, production), parsed(text), composed(…): look-alike letters are one letter

What a page or another answer asks: `engine.answers.assortment.standing.standing_of(source, selection, scope) -> Standing` with one row a position (frame),
a line (lines) and a group (groups), kept for as long as the version is served: turnover, margin, criterion, classes, xyz, stage, growth, code. Its
`basis` holds quantity, turnover and cost of each position month by month. `history_of(source, standing)`: the classes of the reviews behind.
`engine.answers.assortment.places.placed_lines(source, standing)` adds the quadrants of the BCG.
"""
