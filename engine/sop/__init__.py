"""The engine of the S&OP meeting: pure formulas on families × months. No data of its own, no files, no database; numpy and polars in and out.

Shapes: `grid.Axes` names families and months; a plan is an array families × months (`grid.Numbers`), a load resources × months. Not a number is
unknown, in frames null. `grid.grid` and `grid.tall` lead from frames to arrays and back. What cannot be raises `engine.errors.Impossible` with a
sentence and changes nothing; what is merely bad is told beside the result.

demand          composed(axes, contracts, deals, forecast) -> Composed: the four parts without double counting, and what was not taken (`told`);
                extended(): beyond the forecast; layered(axes, base, overrides) -> Layered: overrides by layer with their effects; below_contracts()
family_sheet    stock_ahead / production_for (forward, backward), forward_cover, stock_for_cover, backlog_days; past_rows, stock_rows,
                backlog_rows, finish_rows: the sheet to stock, to order, finished to order; gap_of / is_closed: its identity
forecast_error  board(frame, *keys): every measure as a ratio of sums; SIGNS names each one's sign convention; tracking (`over` Chopra, `under`
                Heizer), signals, value_added (chain of steps), lag_accuracy, churn
benchmarks      naive, seasonal_naive, drift, moving_average, simple_smoothing, holt, winters: forecasts that others must beat
rccp            overall_factors, bill_of + load_of (offsets, set-ups), board, bottleneck, margin_per_hour
aggregate       Workshop -> level, chase, constant_crew, hybrid, smoothest, costed alike; compared
transport       cheapest: sources of each month serve this or a later month
supply          Supply (the question), Rates, Crew, SupplyPlan (the answer with its costs and breaches); one_family: the textbook's question
programme       the linear programme behind it, as sparse arrays
optimal         optimal(supply, whole=, before=) -> SupplyPlan: the cheapest; where none keeps everything, the nearest one and why
prebuild        prebuilt: peaks moved to the latest earlier month with room; cost, saving, shortage
executable      executable: what can be shipped, safety stock released and refilled; ranked_orders with must-serve; service_after; idle_bottleneck
deliveries      served: orders on time and in full; backlog in days and past its day
attainment      performance, cumulative, conformance, fulfilment
disaggregate    shared_out: largest remainder; mix_of with analogues; by_month
bridge          margin_bridge, revenue_bridge: volume, mix, price, cost that sum to the gap; waterfall between versions by cause
risks           exposure: weighted sum, range, the five largest unweighted
situation       Situation: everything a plan is reckoned from; .supply() asks the linear programme
levers          DemandLever, CapacityLever, OvertimeLever, SubcontractLever, SafetyLever, PrebuildLever, PriceLever, PromotionLever: .on(situation)
promoting       promised(situation, PromotionLever): what a promotion would bring, judged like a past one
methods         level, chase, hybrid: production of a whole company by the plain methods
projections     projected(situation, made, shipping) -> Projection: stock, backlog, revenue, margin, cash, hours, heads, materials; roster
scenarios       outcome_of(base, Scenario(name, levers, method), before=) -> Outcome with FIGURES; side_by_side; record_of / scenario_of
fairness        board(rows, limits): sales, production, purchasing and dealers by the same rules

The drawer's road: `engine.answers.sop.basis.basis_of` gives the Situation of the plan of record; `outcome_of(situation, Scenario("base"))` once, then
`outcome_of(situation, scenario, before=base)` for each move of a lever: parts that share no resource with what moved are not solved again.

agenda, cycle, decisions, overrides, versions: the meeting itself (steps, sign-offs, cards, changes, frozen plans); `engine.answers.meeting` keeps them.
"""
