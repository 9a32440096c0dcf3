-- The year's plan by month and line.
create table budget (
    month date not null,
    line_id varchar not null,
    region varchar,
    qty double,
    net_value double not null,
    margin_value double
);

comment on table budget is
'The year''s plan by month and line.
en: Budget
zh: 年度预算 — 按月份和产品线的年度计划。
ru: Бюджет — годовой план по месяцам и линиям.
group: demand
key: month, line_id, region
dated by: month
names: budget; annual plan; sales budget; sales plan; 年度预算; 预算; 销售预算; 年度计划; 销售计划; Бюджет; Годовой план; Бюджет продаж; План продаж';

comment on column budget.month is
'The month, by its first day.
en: Month
zh: 月份 — 所属月份，以当月第一天表示
ru: Месяц — месяц, обозначенный первым днём
unit: month
headings: period; year month; 月度; 年月; 期间; 会计期间; 所属期间; Период; Отчётный месяц; Месяц и год; budget month; 预算月份; Месяц бюджета';

comment on column budget.line_id is
'Code of the product line.
en: Line
zh: 产品线编码 — 产品线的编码
ru: Код линии — код товарной линии
unit: code
headings: line code; product line; product line code; line no; series; 产品线; 产品线代码; 产品系列; 系列; 系列编码; 产品系列编码; Линия; Товарная линия; Продуктовая линия; Линейка; Код товарной линии; Код линейки';

comment on column budget.region is
'Region to which the row applies; empty = the whole company.
en: Region
zh: 区域 — 适用区域；空表示全公司
ru: Регион — регион; пусто — вся компания
unit: text
headings: sales region; area; zone; 大区; 销售区域; 地区; 销售大区; 省区; Область; Регион сбыта; Регион продаж; Бизнес-регион';

comment on column budget.qty is
'Quantity budgeted.
en: Quantity
zh: 数量 — 预算数量
ru: Количество — количество по бюджету
unit: qty
headings: quantity; pieces; units; qty pcs; volume; 主数量; 件数; 基本单位数量; Кол-во; Количество в базовых единицах; Объём; budget quantity; planned quantity; 预算数量; 计划数量; Плановое количество; Количество по бюджету';

comment on column budget.net_value is
'Net sales budgeted, net of VAT.
en: Net sales
zh: 预算销售额 — 预算的不含税销售额
ru: Плановая выручка — выручка по бюджету без НДС
unit: money
headings: net value; budget value; sales budget; revenue; planned sales; amount; 预算金额; 计划金额; 计划销售额; 无税金额; 销售额; 金额; План продаж; Бюджет продаж; Выручка; Сумма без НДС; Сумма; Выручка план';

comment on column budget.margin_value is
'Gross margin budgeted, in money.
en: Gross margin
zh: 预算毛利 — 预算的毛利额
ru: Плановая маржа — валовая маржа по бюджету, в деньгах
unit: money
headings: margin value; margin; gross profit; budget margin; planned margin; 毛利; 毛利额; 计划毛利; 预算毛利额; Маржа; Валовая прибыль; Валовая маржа; Маржа план; Бюджет маржи';
