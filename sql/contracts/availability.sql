-- On how many working days of a month a product was in stock at a location.
create table availability (
    month date not null,
    location_id varchar not null,
    sku varchar not null,
    working_days double not null,
    in_stock_days double not null
);

comment on table availability is
'On how many working days of a month a product was in stock at a location.
en: Availability
zh: 有货天数 — 某月某仓库某产品在多少个工作日有货。
ru: Наличие товара — сколько рабочих дней месяца товар был в наличии на складе.
group: parties
key: month, location_id, sku
dated by: month
reported: steadily
names: availability; in stock days; stock availability; 有货天数; 有货率; 在库天数; 缺货统计; Наличие товара; Дни наличия; Доступность; Наличие';

comment on column availability.month is
'The month, by its first day.
en: Month
zh: 月份 — 所属月份，以当月第一天表示
ru: Месяц — месяц, обозначенный первым днём
unit: month
headings: period; year month; 月度; 年月; 期间; 会计期间; 所属期间; Период; Отчётный месяц; Месяц и год';

comment on column availability.location_id is
'Code of the warehouse or place.
en: Location
zh: 仓库编码 — 仓库或存放地点的编码
ru: Код склада — код склада или места хранения
unit: code
references: locations.location_id
headings: location code; location no; warehouse; warehouse code; warehouse no; site; depot; store; 仓库代码; 仓库编号; 库房编码; 仓库; 库房; 存放地点; 库位编码; Склад; Код места хранения; Место хранения; Складская территория; Номер склада';

comment on column availability.sku is
'Code of the product.
en: SKU
zh: 产品编码 — 产品的编码
ru: Артикул — код товара
unit: code
references: products.sku
headings: item code; item no; item number; product code; product no; product number; product id; part number; article; article number; stock code; product; item; 存货编码; 存货代码; 存货编号; 产品代码; 产品编号; 商品编码; 商品代码; 商品编号; 物料编码; 物料代码; 物料编号; 货号; 品号; 料号; Код номенклатуры; Номенклатура.Код; Номенклатура.Артикул; Код товара; Код продукции; Код изделия; Номенклатура; Товар';

comment on column availability.working_days is
'Working days of the month.
en: Working days
zh: 工作日天数 — 当月的工作日天数
ru: Рабочих дней — рабочих дней в месяце
unit: days
headings: days worked; business days; work days; total days; 工作天数; 营业天数; 工作日; 应有天数; Рабочие дни; Дней работы; Количество рабочих дней';

comment on column availability.in_stock_days is
'Working days on which the product was in stock.
en: Days in stock
zh: 有货天数 — 有库存的工作日天数
ru: Дней в наличии — рабочих дней, когда товар был в наличии
unit: days
headings: in stock days; days available; available days; 在库天数; 有库存天数; 可售天数; Дни наличия; Дней с остатком; Дни в наличии';
