-- Of each promotion the newest statistical forecast that was made before it began, for the months of its run and tail, by line of its group.
-- grain: promotion_id, line_id, month, is_of_article
-- promotion_id: promotion, code
-- line_id: line of the same group, code
-- month: first day of the month, month
-- is_of_article: whether it is the sum of articles, else the line itself was forecast, flag
-- qty: quantity, qty
with runs as (
    select
        promotions.promotion_id,
        promotions.started_on,
        date_trunc('month', promotions.started_on) as first_month,
        date_trunc('month', promotions.ended_on + to_months(cast($tail_months as integer))) as last_month,
        lines.sphere,
        lines.product_group
    from marts.promotions as promotions
    inner join (select line_id, min(sphere) as sphere, min(product_group) as product_group from marts.items where line_id is not null group by line_id) as lines
        on promotions.line_id = lines.line_id
),

line_of as (
    select
        item_id,
        line_id,
        sphere,
        product_group
    from marts.items
    where line_id is not null
),

chosen as (
    select
        runs.promotion_id,
        coalesce(by_article.line_id, forecasts.line_id) as line_id,
        forecasts.month,
        forecasts.sku,
        arg_max(forecasts.qty, forecasts.made_on) as qty
    from runs
    inner join marts.forecasts_month as forecasts
        on forecasts.source = 'statistical'
        and forecasts.made_on < runs.started_on
        and forecasts.month between runs.first_month and runs.last_month
    left join line_of as by_article
        on forecasts.sku = by_article.item_id
    inner join (select distinct line_id, sphere, product_group from line_of) as lines
        on coalesce(by_article.line_id, forecasts.line_id) = lines.line_id
        and runs.sphere = lines.sphere
        and runs.product_group = lines.product_group
    group by runs.promotion_id, coalesce(by_article.line_id, forecasts.line_id), forecasts.month, forecasts.sku
)

select
    promotion_id,
    line_id,
    month,
    sku is not null as is_of_article,
    sum(qty) as qty
from chosen
group by promotion_id, line_id, month, sku is not null
order by promotion_id, line_id, month
