-- The company's cash, profit and balances by month.
-- grain: month
-- month: month, by its first day, month
-- profit: profit of the month, money
-- opening_cash: cash at its beginning, money
-- closing_cash: cash at its end, money
-- depreciation: depreciation of the month, money
-- receivables: what customers owe at its end, money
-- stock_value: stock at cost at its end, money
-- payables: what we owe suppliers at its end, money
-- advances: what customers paid ahead, at its end, money
-- capex: paid for equipment in the month, money
-- financing: loans taken less loans paid back in the month, money
-- dividends: paid to owners in the month, money
-- tax: tax paid in the month, money
-- write_offs: written off in the month, money
select
    month,
    profit,
    opening_cash,
    closing_cash,
    depreciation,
    receivables,
    stock_value,
    payables,
    advances,
    capex,
    financing,
    dividends,
    tax,
    write_offs
from staging.stg_cash
order by month
