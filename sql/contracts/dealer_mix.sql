-- What a dealer sells by category, our brands beside those of others.
create table dealer_mix (
    dealer_id varchar not null,
    month date not null,
    category varchar not null,
    channel varchar,
    supplier varchar,
    net_value double not null,
    margin_share double not null check (margin_share <= 1),
    qty double
);

comment on table dealer_mix is
'What a dealer sells by category, our brands beside those of others.
en: Dealer mix
zh: 经销商销售结构 — 经销商按品类的销售和毛利，本公司品牌与其他品牌分列。
ru: Структура продаж дилера — что продаёт дилер по категориям, наши бренды рядом с чужими.
group: money
key: dealer_id, month, category, channel, supplier
dated by: month
reported: steadily
names: dealer_mix; dealer mix; dealer categories; sales mix; 经销商销售结构; 经销商品类; 品类结构; Структура продаж дилера; Структура продаж; Категории дилеров';

comment on column dealer_mix.dealer_id is
'Code of the dealer.
en: Dealer
zh: 经销商编码 — 经销商的编码
ru: Код дилера — код дилера
unit: code
references: dealers.dealer_id
headings: dealer code; dealer no; dealer id; customer code; customer no; customer number; customer id; customer; reseller; distributor; distributor code; 经销商代码; 经销商编号; 客户编码; 客户代码; 客户编号; 客户号; 往来单位编码; 购货单位编码; 购货单位; 代理商编码; 经销商; 客户; Дилер; Код контрагента; Код клиента; Код покупателя; Код дистрибьютора; Контрагент; Покупатель; Клиент; Дистрибьютор';

comment on column dealer_mix.month is
'The month, by its first day.
en: Month
zh: 月份 — 所属月份，以当月第一天表示
ru: Месяц — месяц, обозначенный первым днём
unit: month
headings: period; year month; 月度; 年月; 期间; 会计期间; 所属期间; Период; Отчётный месяц; Месяц и год';

comment on column dealer_mix.category is
'Category of goods, as the dealer groups them.
en: Category
zh: 品类 — 经销商划分的商品品类
ru: Категория — категория товара, как её делит дилер
unit: text
headings: product category; group; product group; goods; 类别; 产品类别; 商品类别; 产品分类; Категория товара; Группа; Товарная группа; Вид товара';

comment on column dealer_mix.channel is
'Sales channel.
en: Channel
zh: 渠道 — 销售渠道
ru: Канал сбыта — канал сбыта
unit: text
headings: sales channel; trade channel; business type; 销售渠道; 渠道类型; 渠道名称; 渠道分类; Канал; Канал продаж; Тип канала; Бизнес-канал';

comment on column dealer_mix.supplier is
'Whose brands they are: own, or those of another supplier.
en: Supplier
zh: 品牌归属 — 本公司品牌或其他供应商的品牌
ru: Чьи бренды — наши бренды или бренды другого поставщика
unit: text
headings: brand; brands; own or other; whose brand; 供应商; 品牌; 所属品牌; Поставщик; Бренд; Свой или чужой';

comment on column dealer_mix.net_value is
'Dealer''s sales of the category, net of VAT.
en: Net sales
zh: 无税销售额 — 经销商该品类的不含税销售额
ru: Продажи без НДС — продажи дилера по категории без НДС
unit: money
headings: net value; sales; sales amount; revenue; turnover; amount; 销售额; 无税金额; 不含税金额; 销售金额; 金额; Выручка; Сумма без НДС; Оборот; Сумма; Выручка без НДС';

comment on column dealer_mix.margin_share is
'Gross margin as a share of sales.
en: Margin share
zh: 毛利率 — 毛利占销售额的比例
ru: Доля маржи — валовая маржа как доля продаж
unit: share
headings: margin; gross margin; margin pct; gross margin pct; 毛利; 毛利比例; 销售毛利率; Маржа; Маржинальность; Рентабельность; Валовая маржа';

comment on column dealer_mix.qty is
'Quantity sold.
en: Quantity
zh: 数量 — 销售数量
ru: Количество — проданное количество
unit: qty
headings: quantity; pieces; units; qty pcs; volume; 主数量; 件数; 基本单位数量; Кол-во; Количество в базовых единицах; Объём';
