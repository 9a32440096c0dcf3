-- What was shipped until a day and not invoiced by then.
-- grain: dealer_id, shipped_on, is_named
-- dealer_id: dealer, code
-- shipped_on: day of shipment, day
-- is_named: whether the lines name an invoice at all, flag
-- net_value: net value of the lines, money
-- lines: lines, count
select
    dealer_id,
    shipped_on,
    is_named,
    sum(net_value) as net_value,
    cast(sum(lines) as bigint) as lines
from marts.shipments_before_invoice
where shipped_on <= cast($as_of as date)
    and (invoiced_on is null or invoiced_on > cast($as_of as date))
    and shipped_on >= cast($first as date)
    and (cast($dealers as varchar[]) is null or dealer_id in (select unnest(cast($dealers as varchar[]))))
group by dealer_id, shipped_on, is_named
order by dealer_id, shipped_on, is_named
