-- Stages of the work that were finished in some days, with the hours that they should take: those of the product group, else of the stage.
-- grain: responsible, stage, order_id, batch_id, line_no, started_at
-- responsible: who answers for it, text
-- stage: stage of the work, text
-- order_id: order, empty where a batch is made, code
-- batch_id: batch, empty where an order is served, code
-- line_no: line of the order, may be empty, code
-- started_at: when it began, time
-- hours: from its beginning to its end, hours
-- standard_hours: that it should take, hours
with batches as (
    select
        production.batch_id,
        min(items.product_group) as product_group
    from main.production as production
    inner join marts.items as items
        on production.sku = items.item_id
    where production.batch_id is not null
    group by production.batch_id
),

standards as (
    select
        stage,
        product_group,
        min(cast(standard_hours as double)) as standard_hours
    from main.stage_standards
    group by stage, product_group
)

select
    stages.responsible,
    stages.stage,
    stages.order_id,
    stages.batch_id,
    stages.line_no,
    stages.started_at,
    date_diff('minute', stages.started_at, stages.finished_at) / 60.0 as hours,
    coalesce(of_group.standard_hours, of_stage.standard_hours) as standard_hours
from main.stages as stages
left join batches
    on stages.batch_id = batches.batch_id
left join standards as of_group
    on stages.stage = of_group.stage
    and batches.product_group = of_group.product_group
left join standards as of_stage
    on stages.stage = of_stage.stage
    and of_stage.product_group is null
where stages.finished_at >= stages.started_at
    and cast(stages.finished_at as date) between cast($first as date) and cast($last as date)
    and coalesce(of_group.standard_hours, of_stage.standard_hours) is not null
order by stages.started_at, stages.responsible, stages.stage
