-- Forecasts by who made them and when, one row a month and a product or line.
create table forecasts (
    made_on date not null,
    month date not null,
    source varchar not null check (source in ('sales', 'marketing', 'statistical', 'expert', 'consensus')),
    sku varchar,
    line_id varchar,
    dealer_id varchar,
    area varchar,
    qty double not null,
    value double,
    excludes_deals boolean
);

comment on table forecasts is
'Forecasts by who made them and when, one row a month and a product or line.
en: Forecasts
zh: 销售预测 — 按制定者和制定日期保存的预测，每行为一个月的一个产品或产品线。
ru: Прогнозы — прогнозы по авторам и дате составления, один месяц и товар или линия на строку.
group: demand
key: made_on, month, source, sku, line_id, dealer_id, area
dated by: made_on
names: forecasts; forecast; demand forecast; sales forecast; 销售预测; 预测; 需求预测; 预测单; 市场预测; Прогнозы; Прогноз продаж; Прогноз; Прогноз спроса';

comment on column forecasts.made_on is
'Day on which the forecast was made.
en: Made on
zh: 制定日期 — 预测的制定日期
ru: Дата прогноза — день составления прогноза
unit: day
headings: forecast date; made; created on; date made; version date; 预测日期; 提报日期; 编制日期; 单据日期; 版本日期; Дата составления; Дата создания; Составлен; Дата документа';

comment on column forecasts.month is
'Month that is forecast.
en: Month
zh: 月份 — 被预测的月份
ru: Месяц — прогнозируемый месяц
unit: month
headings: period; year month; 月度; 年月; 期间; 会计期间; 所属期间; Период; Отчётный месяц; Месяц и год; forecast month; 预测月份; 预测期间; Месяц прогноза; Прогнозный месяц';

comment on column forecasts.source is
'Who or what made the forecast.
en: Source
zh: 预测来源 — 预测由谁或用何种方法作出
ru: Источник — кто или что дало прогноз
unit: text
values: sales = sales force, sales department, 销售, 销售部, 销售预测, продажи, отдел продаж, сбыт; marketing = marketing department, market, 市场, 市场部, 营销, маркетинг, отдел маркетинга; statistical = statistics, model, baseline, 统计, 统计模型, 系统预测, статистика, статистический, модель; expert = experts, judgement, 专家, 专家判断, 专家预测, эксперт, экспертный, экспертная оценка; consensus = agreed, final, 共识, 一致, 共识预测, 定稿, консенсус, согласованный, согласовано
headings: forecast source; made by; origin; 来源; 预测类型; 制定方; 预测方; Источник прогноза; Кем составлен; Автор';

comment on column forecasts.sku is
'Code of the product.
en: SKU
zh: 产品编码 — 产品的编码
ru: Артикул — код товара
unit: code
references: products.sku
one of: what
headings: item code; item no; item number; product code; product no; product number; product id; part number; article; article number; stock code; product; item; 存货编码; 存货代码; 存货编号; 产品代码; 产品编号; 商品编码; 商品代码; 商品编号; 物料编码; 物料代码; 物料编号; 货号; 品号; 料号; Код номенклатуры; Номенклатура.Код; Номенклатура.Артикул; Код товара; Код продукции; Код изделия; Номенклатура; Товар';

comment on column forecasts.line_id is
'Code of the product line.
en: Line
zh: 产品线编码 — 产品线的编码
ru: Код линии — код товарной линии
unit: code
one of: what
headings: line code; product line; product line code; line no; series; 产品线; 产品线代码; 产品系列; 系列; 系列编码; 产品系列编码; Линия; Товарная линия; Продуктовая линия; Линейка; Код товарной линии; Код линейки';

comment on column forecasts.dealer_id is
'Dealer for whom the forecast is made.
en: Dealer
zh: 经销商编码 — 预测针对的经销商
ru: Код дилера — дилер, для которого сделан прогноз
unit: code
references: dealers.dealer_id
headings: dealer code; dealer no; dealer id; customer code; customer no; customer number; customer id; customer; reseller; distributor; distributor code; 经销商代码; 经销商编号; 客户编码; 客户代码; 客户编号; 客户号; 往来单位编码; 购货单位编码; 购货单位; 代理商编码; 经销商; 客户; Дилер; Код контрагента; Код клиента; Код покупателя; Код дистрибьютора; Контрагент; Покупатель; Клиент; Дистрибьютор';

comment on column forecasts.area is
'Sales area for which the forecast is made.
en: Area
zh: 销售片区 — 预测针对的销售片区
ru: Район сбыта — район сбыта, для которого сделан прогноз
unit: text
headings: sales area; region; territory; 片区; 区域; 销售区域; 地区; 大区; Район; Регион; Зона; Территория';

comment on column forecasts.qty is
'Quantity forecast.
en: Quantity
zh: 数量 — 预测数量
ru: Количество — прогнозируемое количество
unit: qty
headings: quantity; pieces; units; qty pcs; volume; 主数量; 件数; 基本单位数量; Кол-во; Количество в базовых единицах; Объём; forecast; forecast quantity; 预测数量; 预测量; 预计数量; Прогноз; Прогнозное количество; Прогноз количества';

comment on column forecasts.value is
'Value forecast, net of VAT.
en: Value
zh: 预测金额 — 预测的不含税金额
ru: Прогноз суммы — прогнозируемая сумма без НДС
unit: money
headings: forecast value; amount; net value; forecast amount; 金额; 预计金额; 无税金额; 预测销售额; Сумма; Прогнозная сумма; Сумма без НДС; Прогноз выручки';

comment on column forecasts.excludes_deals is
'Whether deals under negotiation are left out, to be added apart.
en: Excludes deals
zh: 是否不含洽谈项目 — 预测是否已剔除洽谈中的大单（大单另行加总）
ru: Без сделок — исключены ли сделки в переговорах, которые добавляются отдельно
unit: flag
headings: without deals; deals excluded; excluding deals; 不含大单; 剔除大单; 不含洽谈项目; Без крупных сделок; Сделки исключены; Исключая сделки';
