"""The meeting's plans, answered from the tables: demand, supply, capacity, the family sheet, the bridge to the budget.

families      what a family is, how it is made, which of them were picked
months        the months behind and ahead that a plan speaks of
history       what was sold, made, planned and in stock, and the forecasts as they stood
basis         demand plan with its overrides, supply, money: the `Situation` from which every method and scenario starts
lever_words   what a lever does, as a sentence
month_report, demand_review          the last month against plan, budget, last year; the families that need a word
demand_plan, supply_plan, capacity, family_sheet, budget_bridge, scenarios, executable_plan      the questions
"""
