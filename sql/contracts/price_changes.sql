-- List prices and best discounts by the day on which they changed.
create table price_changes (
    sku varchar not null,
    changed_on date not null,
    list_price double not null,
    best_discount_price double
);

comment on table price_changes is
'List prices and best discounts by the day on which they changed.
en: Price changes
zh: 价格变动 — 目录价和最优折后价及其变动日期。
ru: Изменения цен — цены по прайсу и лучшие скидки по дням изменения.
group: market
key: sku, changed_on
dated by: changed_on
names: price_changes; price changes; price list; price history; 价格变动; 调价单; 价目表; 价格历史; 调价记录; Изменения цен; Прайс-лист; История цен; Установка цен';

comment on column price_changes.sku is
'Code of the product.
en: SKU
zh: 产品编码 — 产品的编码
ru: Артикул — код товара
unit: code
references: products.sku
headings: item code; item no; item number; product code; product no; product number; product id; part number; article; article number; stock code; product; item; 存货编码; 存货代码; 存货编号; 产品代码; 产品编号; 商品编码; 商品代码; 商品编号; 物料编码; 物料代码; 物料编号; 货号; 品号; 料号; Код номенклатуры; Номенклатура.Код; Номенклатура.Артикул; Код товара; Код продукции; Код изделия; Номенклатура; Товар';

comment on column price_changes.changed_on is
'First day of the new price.
en: Changed on
zh: 调价日期 — 新价格的第一天
ru: Дата изменения — первый день новой цены
unit: day
headings: change date; price date; effective date; valid from; date; 生效日期; 变动日期; 单据日期; 日期; Дата изменения цены; Действует с; Дата установки; Дата';

comment on column price_changes.list_price is
'Price of one unit by the price list, net of VAT.
en: List price
zh: 目录价 — 价目表上的单价，不含税
ru: Цена по прайсу — цена единицы по прайс-листу без НДС
unit: money_per_unit
headings: price; new price; catalogue price; base price; 标价; 新价格; 调后价格; 价目表价格; 单价; Прайсовая цена; Новая цена; Цена; Базовая цена';

comment on column price_changes.best_discount_price is
'Price of one unit after the largest discount that is granted, net of VAT.
en: Best price
zh: 最优折后价 — 给予最大折扣后的单价，不含税
ru: Лучшая цена — цена единицы после наибольшей скидки без НДС
unit: money_per_unit
headings: best discount price; lowest price; net price; discount price; price after discount; 折后价; 最低价; 最低折后价; 优惠价; Цена со скидкой; Минимальная цена; Цена с максимальной скидкой; Нижняя цена';
