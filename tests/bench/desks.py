"""A company for the two desks, of any size: every table that their pages read, written by the database itself.

Dealers carry a part of the assortment each; a plant holds all of it, five branches a third. Two years that end on 2025-10-31.
"""

from pathlib import Path

import duckdb

DEALERS, MONTHS = 60, 24
WORKED = {
    "months": """
        select number as month_no, cast(date '2023-11-01' + to_months(cast(number as integer)) as date) as month, last_day(month) as month_end
        from range({months}) as numbers(number)
    """,
    "articles": """
        select number, 'S' || lpad(cast(number as varchar), 5, '0') as sku, round(6 + number % 50 * 1.1, 2) as unit_cost from range({skus}) as
            n(number)
    """,
    "parties": "select number as dealer_no, 'D' || lpad(cast(number as varchar), 4, '0') as dealer_id from range({dealers}) as numbers(number)",
    "carried": """
        select dealer_no, dealer_id, number as place, number % 5 = 0 as is_fast, articles.*, 2 + hash(dealer_no, number) % 40 as monthly
        from parties cross join range({each}) as numbers(number)
        inner join (select number as article_no, sku, unit_cost from articles) as articles on article_no = (dealer_no * 7 + number * {step}) % {skus}
    """,
    "branches": "select 'B' || number as location_id, number from range(5) as numbers(number)",
    "held": """
        select 'P1' as location_id, number, sku, unit_cost from articles
        union all
        select location_id, articles.number, sku, unit_cost from branches inner join articles on articles.number % 5 in (branches.number,
            (branches.number + 2) % 5)
    """,
    "parts": """
        select number, 'M' || lpad(cast(number as varchar), 5, '0') as material_id, round(0.5 + number % 30, 2) as unit_cost from range({parts}) as
            n(number)
    """,
    "lines": """
        select
            *, 'O' || dealer_no || '-' || month_no || '-' || week as order_id, 'L' || place as line_no, cast(month + cast(week * 7 + dealer_no % 5 as
                integer) as date) as ordered_on,
            greatest(1, monthly * (3 + hash(place, month_no, week) % 5) // (case when is_fast then 16 else 4 end)) as qty
        from carried cross join months cross join range(4) as weeks(week)
        where is_fast or week = place % 4
    """,
}  # fmt: skip
TABLES = {
    "products": """
        select
            sku, 'Article ' || number as product_name, 'Sphere ' || number % 4 as sphere, 'Group ' || number % 12 as product_group, 'L' || number % 40
                as line_id,
            unit_cost, round(unit_cost * 1.6, 2) as list_price, case when number % 3 = 0 then 12 when number % 3 = 1 then 6 end as pack_qty, 6 as
                min_order_qty,
            case when number % 5 = 0 then 'third_party' else 'own' end as made_by, date '2019-01-01' + cast(number % 1500 as integer) as catalogue_on,
            case when number % 50 = 7 then date '2025-05-01' end as withdrawn_on, case when number % 50 = 7 then 'tactical' end as withdrawn_cause,
                1095 as shelf_life_days
        from articles
    """,
    "sales": """
        select
            cast(ordered_on + 2 as date) as shipped_on, dealer_id, sku, qty, round(qty * unit_cost * 1.5, 2) as net_value, round(qty * unit_cost, 2)
                as cost_value,
            replace(order_id, 'O', 'I') as invoice_id, line_no, order_id, 'B' || dealer_no % 5 as location_id
        from lines where ordered_on + 2 <= date '2025-10-31'
    """,
    "stock": """
        select month_end as counted_on, location_id, sku as item_id, 'A' || month_no // 3 || '-' || number as batch_id, 'good' as condition,
            20 + hash(number, month_no, location_id) % 400 as on_hand_qty, unit_cost, cast(month - cast(month_no % 3 * 30 as integer) as date) as received_on,
            hash(number, month_no) % 30 as in_transit_qty, hash(number, location_id) % 9 as committed_qty,
            case when number % 40 = 0 then 'season' end as purpose, null as reported_on
        from held cross join months
        union all
        select month_end, location_id, sku, 'X' || number, case when number % 2 = 0 then 'damaged' else 'expired' end, 3 + number % 20, unit_cost,
            date '2023-02-01', 0, 0, null, null
        from held cross join months where number % 40 = 3
        union all
        select month_end, 'P1', material_id, 'M' || month_no // 2 || '-' || number, 'good', hash(number, month_no) % 3000, unit_cost, month, 0, 0, null, null
        from parts cross join months
        union all
        select month_end, 'L' || dealer_id, sku, null, null, hash(dealer_no, place, month_no) % (monthly * 3), null, null, hash(place, month_no) % 4,
            0, null, month_end
        from carried cross join months
    """,
    "dealers": """
        select dealer_id, 'Dealer ' || dealer_no as dealer_name, 'Region ' || dealer_no % 6 as region, 'City ' || dealer_no % 30 as city, cast(1 +
            dealer_no % 4 as varchar) as city_tier,
            'Channel ' || dealer_no % 3 as channel, 'Rep ' || dealer_no % 12 as sales_rep, date '2018-01-01' as started_on, 'active' as status, true
                as consents_to_data
        from parties
    """,
    "credit_terms": """
        select dealer_id, cast(year || '-01-01' as date) as valid_from, cast(year || '-12-31' as date) as valid_to, 200000 + dealer_no * 10000 as
            credit_limit,
            case when dealer_no % 3 = 0 then 60 else 30 end as credit_days, dealer_no * 500 as deposit, cast(year || '-11-15' as date) as review_on
        from parties cross join range(2023, 2026) as years(year)
    """,
    "locations": """
        select 'P1' as location_id, 'Plant' as location_name, 'plant' as kind, null as dealer_id, 'Region 1' as region
        union all select location_id, 'Branch ' || number, 'branch', null, 'Region ' || number from branches
        union all select 'L' || dealer_id, 'Store of ' || dealer_id, 'dealer', dealer_id, 'Region ' || dealer_no % 6 from parties
    """,
    "replenishment": """
        select 'L' || dealer_id as location_id, null as sku, 7 as order_interval_days, 2 + dealer_no % 4 as lead_time_days, 0.5 as safety_share, 1.0
            as adjustment from parties
        union all select location_id, null, 5, 2, 0.4, 1.0 from branches
        union all select 'L' || dealer_id, sku, 5, 3, 0.6, 1.1 from carried where place % 10 = 4
    """,
    "availability": """
        select month, 'L' || dealer_id as location_id, sku, 21 as working_days, 21 - greatest(0, cast(hash(dealer_no, place, month_no) % 40 as
            integer) - 28) as in_stock_days
        from carried cross join months
        union all
        select month, location_id, sku, 21, 21 - greatest(0, cast(hash(number, month_no) % 60 as integer) - 48) from held cross join months
    """,
    "outlets": """
        select 'U' || dealer_no || '-' || number as outlet_id, dealer_id, 'Channel ' || number % 4 as channel, substr('ABCD', cast(1 + number % 4 as
            bigint), 1) as outlet_class,
            20 + number * 3 as monthly_cases, 30 + dealer_no / 10 as latitude, 110 + number / 10 as longitude, date '2023-01-01' + cast(number * 33 as
                integer) as opened_on
        from parties cross join range(30) as numbers(number)
    """,
    "visits": """
        select cast(month + cast(number % 27 as integer) as date) as visited_on, 'U' || dealer_no || '-' || number as outlet_id, 'Rep ' || dealer_no %
            12 as sales_rep, number % 7 <> 0 as planned,
            20 as minutes, 90 + hash(number, dealer_no) % 30 as price_seen, 5 + number % 5 as core_skus_present
        from parties cross join range(30) as numbers(number) cross join months
    """,
    "sales_reps": """
        select 'Rep ' || number as sales_rep, 'Region ' || number % 6 as area, 'own' as kind, date '2025-02-01' as trained_on from range(12) as
            n(number)
    """,
    "calendar": """
        select cast(date '2022-01-01' + cast(number as integer) as date) as day, dayofweek(day) between 1 and 5 as is_working from range(1826) as
            numbers(number)
    """,
    "orders": """
        select order_id, line_no, ordered_on, dealer_id, sku, qty, round(qty * unit_cost * 1.5, 2) as net_value, cast(ordered_on + 3 as date) as requested_on,
            cast(ordered_on + 4 as date) as promised_on, case when ordered_on > date '2025-10-24' then 0 else qty end as shipped_qty, '1' as priority,
            case when ordered_on > date '2025-10-24' then 'open' when hash(order_id, line_no) % 200 = 0 then 'cancelled' else 'shipped' end as status
        from lines
    """,
    "order_changes": """
        select order_id, line_no, cast(ordered_on + 1 as date) as changed_on, case hash(order_id, line_no) % 3 when 0 then 'qty' when 1 then 'date'
            else 'cancel' end as kind,
            case when kind = 'qty' then qty + 6 when kind = 'cancel' then qty end as qty_before, case when kind = 'qty' then qty when kind = 'cancel'
                then 0 end as qty_after,
            case when kind = 'date' then ordered_on + 3 end as date_before, case when kind = 'date' then ordered_on + 9 end as date_after,
            case when dealer_no % 4 = 0 then 'sales' else 'dealer' end as asked_by, 'promotion' as reason
        from lines where hash(order_id, line_no, 3) % 30 = 0
    """,
    "requests": """
        select cast(month - 11 as date) as made_on, month, dealer_id, sku, monthly + hash(place, month_no) % 5 as qty from carried cross join months
    """,
    "forecasts": """
        select cast(month - 6 as date) as made_on, cast(month + to_months(cast(ahead as integer)) as date) as month, 'statistical' as source, sku,
            40 + hash(number, month_no, ahead) % 60 as qty
        from articles cross join months cross join range(3) as aheads(ahead)
    """,
    "dealer_sales": """
        select cast(month + cast((day * 3 + place) % 28 as integer) as date) as sold_on, dealer_id, sku, greatest(1, monthly // (case when is_fast
            then 8 else 2 end)) as qty,
            round(greatest(1, monthly // (case when is_fast then 8 else 2 end)) * unit_cost * 1.9, 2) as net_value, 'U' || dealer_no || '-' || (place
                + day) % 30 as outlet_id
        from carried cross join months cross join range(8) as days(day)
        where is_fast or day % 4 = 1
    """,
    "dealer_targets": """
        select dealer_id, month, measure, case measure when 'sell_through' then 300000 when 'distribution' then 0.6 else 2 end as target
        from parties cross join months cross join (values ('sell_through'), ('distribution'), ('new_outlets')) as measures(measure)
    """,
    "materials": """
        select material_id, 'Material ' || number as material_name, unit_cost, 'Supplier ' || number % 40 as supplier, 5 + number % 40 as
            lead_time_days from parts
    """,
    "recipes": """
        select sku, 'M' || lpad(cast((articles.number * 3 + part * 11) % {parts} as varchar), 5, '0') as material_id, 0.5 + part as qty_per
        from articles cross join range(5) as needed(part) where articles.number % 5 <> 0
    """,
    "purchase_plan": "select month, material_id as item_id, 900 + number % 100 as planned_qty from parts cross join months",
    "purchases": """
        select cast(month + cast(number % 25 as integer) as date) as received_on, material_id as item_id, 800 + number % 200 as qty, (800 + number %
            200) * unit_cost as value, 'P1' as location_id,
            'Supplier ' || number % 40 as supplier, 'W' || number || '-' || month_no as lot_id
        from parts cross join months
        union all
        select cast(month + cast(number % 25 as integer) as date), sku, 120, 120 * unit_cost, 'P1', 'Supplier ' || number % 9, 'T' || number || '-' ||
            month_no
        from articles cross join months where number % 5 = 0 and number % 2 = month_no % 2
    """,
    "transfers": """
        select cast(month + cast(number % 27 as integer) as date) as moved_on, sku as item_id, 30 + number % 20 as qty, 'P1' as from_location_id,
            location_id as to_location_id
        from held cross join months where location_id <> 'P1'
    """,
    "adjustments": """
        select month_end as adjusted_on, location_id, sku as item_id, -2 as qty, 'scrap' as kind from held cross join months where number % 40 =
            month_no
    """,
    "production_requests": """
        select month as requested_on, 'Region ' || number % 6 as asked_by, sku, 60 as qty from articles cross join months where number % 4 = month_no
            % 4
    """,
    "production": """
        select cast(month + cast(number % 20 as integer) as date) as produced_on, sku, 150 as qty, 'P1' as location_id, 'A' || month_no // 3 || '-' ||
            number as batch_id
        from articles cross join months where number % 5 <> 0 and number % 3 = month_no % 3
    """,
    "stocktakes": """
        select month_end as counted_on, location_id, sku as item_id, 'A' || month_no // 3 || '-' || number as batch_id, 100 + number % 50 as book_qty,
            100 + number % 50 - hash(number, month_no) % 3 as counted_qty,
            case when hash(number, month_no) % 3 > 0 then 'Mistake ' || number % 5 end as cause, 'Keeper ' || number % 4 as responsible
        from held cross join months where number % 9 = month_no % 9
    """,
    "diversions": """
        select 'C' || article_no as complaint_id, sku, 'A1-' || article_no as batch_id, date '2025-06-01' + cast(place as integer) as complained_on,
            'D0001' as victim_dealer_id, 12 as qty,
            dealer_id as source_dealer_id, place % 2 = 0 as is_active
        from carried where dealer_no % 9 = 3 and place < 3
    """,
    "invoices": """
        select invoice_id, dealer_id, min(shipped_on) as invoiced_on, cast(min(shipped_on) + 30 as date) as due_on, round(sum(net_value) * 1.13, 2) as
            amount, min(order_id) as order_id
        from sales where shipped_on <= date '2025-10-28' group by invoice_id, dealer_id
    """,
    "payments": """
        select 'Y' || invoice_id as payment_id, dealer_id, cast(due_on + cast(hash(invoice_id) % 40 as integer) - 12 as date) as paid_on,
            case when hash(invoice_id) % 50 = 0 then round(amount / 2, 2) else amount end as amount, case when hash(invoice_id) % 70 <> 0 then
                invoice_id end as invoice_id
        from invoices where paid_on <= date '2025-10-31'
    """,
    "dealer_costs": """
        select dealer_id, month, item, case when item = 'rebate' then 'own' end as supplier, 1500 + hash(dealer_no, item, month_no) % 4000 as amount,
            item in ('transport', 'marketing') as controllable
        from parties cross join months
        cross join (values ('warehousing'), ('transport'), ('people'), ('office'), ('marketing'), ('bad_debt'), ('other'), ('tax'), ('rebate'),
            ('other_income')) as items(item)
    """,
    "dealer_mix": """
        select dealer_id, month, 'Sphere ' || category as category, 'Channel ' || channel as channel, supplier, 20000 + hash(dealer_no, category,
            channel, month_no) % 30000 as net_value,
            0.1 + category / 50 as margin_share, 400 as qty
        from parties cross join months cross join range(4) as categories(category) cross join range(3) as channels(channel) cross join (values
            ('own'), ('other')) as suppliers(supplier)
    """,
    "dealer_assets": "select dealer_id, month, 200000 as receivables, 9000 as claims, 80000 as fixed_assets from parties cross join months",
    "cost_to_serve": """
        select dealer_id, month, 'Cost ' || number as item, 1200 + dealer_no * 10 as amount from parties cross join months cross join range(5) as
            numbers(number)
    """,
    "cash": """
        select month, 400000 as profit, 5000000 - month_no * 1000 as opening_cash, 5000000 - (month_no + 1) * 1000 as closing_cash, 140000 as
            depreciation, 6000000 + month_no * 9000 as receivables,
            16000000 + month_no * 50000 as stock_value, 2900000 as payables, 0 as advances, 300000 as capex, 0 as financing, 0 as dividends, 100000 as
                tax, 8000 as write_offs
        from months
    """,
    "planned_payments": """
        select date '2025-11-25' + cast(number * 30 as integer) as due_on, 3000000 as amount, 'Suppliers' as what from range(8) as numbers(number)
    """,
}  # fmt: skip
"""In the order in which they are written: later ones may read earlier ones."""


def sizes(skus: int, dealers: int = DEALERS) -> dict[str, int]:
    """The numbers of a company with so many articles: a dealer carries 4.5 % of them, and there are three materials for ten articles."""
    each = min(skus, max(20, skus * 45 // 1000))
    return {"skus": skus, "dealers": dealers, "months": MONTHS, "each": each, "step": max(1, skus // each), "parts": max(60, skus * 3 // 10)}


def written(folder: Path, skus: int, dealers: int = DEALERS) -> tuple[Path, dict[str, int]]:
    """The company as a folder of files, and the rows of each."""
    folder.mkdir(parents=True)
    rows: dict[str, int] = {}
    with duckdb.connect() as con:
        for name, select in (WORKED | TABLES).items():
            con.execute(f"create table {name} as {select.format(**sizes(skus, dealers))}")
        for name in TABLES:
            con.execute(f"copy {name} to '{folder}/{name}.parquet' (format parquet)")
            rows[name] = con.execute(f"select count(*) from {name}").fetchall()[0][0]
    return folder, rows
