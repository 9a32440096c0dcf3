-- The company's cash, profit and balances by month, as loaded.
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
-- _source: load that brought the row, number
-- _line: line in its file, number
select
    cast(month as date) as month,
    cast(profit as double) as profit,
    cast(opening_cash as double) as opening_cash,
    cast(closing_cash as double) as closing_cash,
    cast(depreciation as double) as depreciation,
    cast(receivables as double) as receivables,
    cast(stock_value as double) as stock_value,
    cast(payables as double) as payables,
    cast(advances as double) as advances,
    cast(capex as double) as capex,
    cast(financing as double) as financing,
    cast(dividends as double) as dividends,
    cast(tax as double) as tax,
    cast(write_offs as double) as write_offs,
    _source,
    _line
from main.cash
