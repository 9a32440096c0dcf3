-- What a product costs at each step of the trade in a city.
create table city_prices (
    city varchar not null,
    sku varchar not null,
    valid_from date not null,
    first_tier_price double not null,
    point_price double,
    company_support double,
    dealer_support double
);

comment on table city_prices is
'What a product costs at each step of the trade in a city.
en: City prices
zh: 城市价格 — 各城市各环节的产品价格和支持。
ru: Цены по городам — сколько стоит товар на каждой ступени торговли в городе.
group: control
key: city, sku, valid_from
dated by: valid_from
names: city_prices; city prices; price structure; price chain; 城市价格; 价格体系; 城市价格体系; 价盘; Цены по городам; Городские цены; Структура цен';

comment on column city_prices.city is
'City.
en: City
zh: 城市 — 所在城市
ru: Город — город
unit: text
headings: town; city name; 市; 城市名称; 所在城市; 地市; Населённый пункт; Название города';

comment on column city_prices.sku is
'Code of the product.
en: SKU
zh: 产品编码 — 产品的编码
ru: Артикул — код товара
unit: code
references: products.sku
headings: item code; item no; item number; product code; product no; product number; product id; part number; article; article number; stock code; product; item; 存货编码; 存货代码; 存货编号; 产品代码; 产品编号; 商品编码; 商品代码; 商品编号; 物料编码; 物料代码; 物料编号; 货号; 品号; 料号; Код номенклатуры; Номенклатура.Код; Номенклатура.Артикул; Код товара; Код продукции; Код изделия; Номенклатура; Товар';

comment on column city_prices.valid_from is
'First day on which it applies.
en: Valid from
zh: 生效日期 — 开始适用的第一天
ru: Действует с — первый день действия
unit: day
headings: valid from date; effective from; effective date; start date; from date; 起始日期; 开始日期; 有效期起; 生效日; Дата начала действия; Начало действия; Дата начала; Дата вступления в силу';

comment on column city_prices.first_tier_price is
'Price at which the first-tier dealer buys.
en: First-tier price
zh: 一级进货价 — 一级经销商的进货价
ru: Цена первого уровня — цена закупки дилера первого уровня
unit: money_per_unit
headings: first tier price; tier 1 price; dealer price; purchase price; invoice price; 一级价; 一批价; 一级经销商进货价; 开票价; Цена дилера; Закупочная цена дилера; Цена первой ступени; Цена накладной';

comment on column city_prices.point_price is
'Price at which the outlet buys, before support.
en: Outlet price
zh: 售点进货价 — 终端售点支持前的进货价
ru: Цена для точки — цена закупки торговой точки до поддержки
unit: money_per_unit
headings: point price; outlet purchase price; point of sale price; retailer price; 终端进货价; 售点价; 终端价; 网点进货价; Цена точки; Цена для торговой точки; Цена розницы';

comment on column city_prices.company_support is
'What we give the outlet for one unit.
en: Company''s support
zh: 公司支持 — 本公司对售点每单位的支持
ru: Поддержка компании — что мы даём точке на единицу
unit: money_per_unit
headings: company support; our support; manufacturer support; our investment; 厂家支持; 公司投入; 厂家投入; Вложения компании; Наша поддержка; Инвестиции компании';

comment on column city_prices.dealer_support is
'What the dealer gives the outlet for one unit.
en: Dealer''s support
zh: 经销商支持 — 经销商对售点每单位的支持
ru: Поддержка дилера — что дилер даёт точке на единицу
unit: money_per_unit
headings: dealer support; dealer investment; distributor support; 经销商投入; 经销商让利; 代理商支持; Вложения дилера; Инвестиции дилера; Поддержка дистрибьютора';
