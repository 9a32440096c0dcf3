-- How often and how fast each location is supplied, and how much is kept for safety.
create table replenishment (
    location_id varchar not null,
    sku varchar,
    order_interval_days double not null,
    lead_time_days double not null,
    safety_share double check (safety_share >= 0),
    adjustment double check (adjustment >= 0)
);

comment on table replenishment is
'How often and how fast each location is supplied, and how much is kept for safety.
en: Replenishment rules
zh: 补货参数 — 各仓库的订货间隔、提前期和安全系数。
ru: Правила пополнения — как часто и как быстро пополняется склад и сколько держится про запас.
group: parties
key: location_id, sku
names: replenishment; replenishment rules; replenishment parameters; reorder rules; 补货参数; 补货规则; 订货参数; 补货; Правила пополнения; Пополнение; Параметры пополнения; Параметры заказа';

comment on column replenishment.location_id is
'Location that is supplied.
en: Location
zh: 仓库编码 — 被补货的仓库
ru: Код склада — пополняемый склад
unit: code
references: locations.location_id
headings: location code; location no; warehouse; warehouse code; warehouse no; site; depot; store; 仓库代码; 仓库编号; 库房编码; 仓库; 库房; 存放地点; 库位编码; Склад; Код места хранения; Место хранения; Складская территория; Номер склада';

comment on column replenishment.sku is
'Product to which the rule applies; empty = every product of the location.
en: SKU
zh: 产品编码 — 规则适用的产品；空表示该仓库的全部产品
ru: Артикул — товар, к которому относится правило; пусто — все товары склада
unit: code
references: products.sku
headings: item code; item no; item number; product code; product no; product number; product id; part number; article; article number; stock code; product; item; 存货编码; 存货代码; 存货编号; 产品代码; 产品编号; 商品编码; 商品代码; 商品编号; 物料编码; 物料代码; 物料编号; 货号; 品号; 料号; Код номенклатуры; Номенклатура.Код; Номенклатура.Артикул; Код товара; Код продукции; Код изделия; Номенклатура; Товар';

comment on column replenishment.order_interval_days is
'Days between two orders.
en: Order interval
zh: 订货间隔天数 — 两次订货之间的天数
ru: Интервал заказа — дней между двумя заказами
unit: days
headings: order interval; review period; order cycle; days between orders; 订货间隔; 订货周期; 订货频率; 补货周期; Период заказа; Дней между заказами; Периодичность заказа; Цикл заказа';

comment on column replenishment.lead_time_days is
'Days from the order until the goods arrive.
en: Lead time
zh: 提前期天数 — 从订货到到货的天数
ru: Срок поставки — дней от заказа до поступления
unit: days
headings: lead time days; delivery time; delivery days; transit days; 提前期; 交货周期; 到货天数; 在途天数; 送货周期; Время поставки; Время доставки; Дней поставки; Срок доставки';

comment on column replenishment.safety_share is
'Safety days as a share of interval and lead time.
en: Safety share
zh: 安全天数比例 — 安全天数占订货间隔与提前期之和的比例
ru: Доля запаса надёжности — страховые дни как доля интервала и срока поставки
unit: share
headings: safety stock share; safety factor; safety pct; 安全系数; 安全库存系数; 安全比例; 安全天数系数; Страховая доля; Коэффициент запаса; Доля страховых дней; Коэффициент надёжности';

comment on column replenishment.adjustment is
'Factor by which the daily forecast is multiplied; 1 = as it is.
en: Adjustment
zh: 调整系数 — 日均预测的调整倍数，1 表示不调整
ru: Поправка — множитель дневного прогноза; 1 — без поправки
unit: ratio
headings: adjustment factor; correction; correction factor; seasonal factor; 修正系数; 调整因子; 季节系数; Коэффициент поправки; Поправочный коэффициент; Сезонный коэффициент; Корректировка';
