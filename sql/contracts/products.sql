-- What we make or sell, one row a product (SKU).
create table products (
    sku varchar not null,
    product_name varchar not null,
    sphere varchar not null,
    product_group varchar not null,
    line_id varchar not null,
    line_name varchar,
    unit_cost double not null,
    list_price double,
    unit varchar,
    barcode varchar,
    pack_qty double,
    min_order_qty double,
    safety_stock_qty double,
    production_days double,
    made_by varchar check (made_by in ('own', 'own_to_order', 'third_party')),
    catalogue_on date,
    is_innovation boolean,
    withdrawn_on date,
    withdrawn_cause varchar check (withdrawn_cause in ('replaced', 'tactical', 'dealer_special', 'other')),
    made_for_dealer_id varchar,
    shelf_life_days integer,
    life_cycle varchar check (life_cycle in ('introduction', 'growth', 'maturity', 'decline'))
);

comment on table products is
'What we make or sell, one row a product (SKU).
en: Products
zh: 产品档案 — 我们生产或销售的产品，每行为一个单品。
ru: Товары — что мы производим или продаём, один артикул на строку.
group: required
key: sku
names: products; product list; product master; items; item master; goods; skus; 产品档案; 产品; 产品资料; 产品清单; 存货档案; 商品档案; 物料主数据; 物料档案; Товары; Номенклатура; Справочник номенклатуры; Продукция; Ассортимент';

comment on column products.sku is
'Code of the product.
en: SKU
zh: 产品编码 — 产品的编码
ru: Артикул — код товара
unit: code
headings: item code; item no; item number; product code; product no; product number; product id; part number; article; article number; stock code; 存货编码; 存货代码; 存货编号; 产品代码; 产品编号; 商品编码; 商品代码; 商品编号; 物料编码; 物料代码; 物料编号; 货号; 品号; 料号; Код номенклатуры; Номенклатура.Код; Номенклатура.Артикул; Код товара; Код продукции; Код изделия; code; Код';

comment on column products.product_name is
'Name by which people know the product.
en: Product name
zh: 产品名称 — 产品的名称
ru: Наименование — название товара
unit: text
headings: name; description; item name; product description; title; 存货名称; 商品名称; 物料名称; 品名; 名称; 货品名称; Название; Наименование товара; Наименование номенклатуры; Номенклатура; Товар; Полное наименование';

comment on column products.sphere is
'Business sphere: the uppermost level of the product tree.
en: Sphere
zh: 业务板块 — 产品结构的最上一级
ru: Сфера — верхний уровень дерева товаров
unit: text
headings: business sphere; category; product category; business; 板块; 业务领域; 产品大类; 大类; 品类; Сфера бизнеса; Бизнес-сфера; Товарная категория; Категория';

comment on column products.product_group is
'Group of product lines.
en: Product group
zh: 产品组 — 产品线所属的产品组
ru: Товарная группа — группа товарных линий
unit: text
headings: group; subcategory; product subcategory; product family; family; item group; 产品分组; 产品类别; 存货分类; 物料分组; 产品分类; 存货大类; 商品分类; 中类; Группа; Группа товаров; Номенклатурная группа; Группа номенклатуры; Вид номенклатуры; Товарная подгруппа';

comment on column products.line_id is
'Code of the product line.
en: Line
zh: 产品线编码 — 产品线的编码
ru: Код линии — код товарной линии
unit: code
headings: line code; product line; product line code; line no; series; 产品线; 产品线代码; 产品系列; 系列; 系列编码; 产品系列编码; Линия; Товарная линия; Продуктовая линия; Линейка; Код товарной линии; Код линейки';

comment on column products.line_name is
'Name of the product line; two lines may bear the same name in different groups.
en: Line name
zh: 产品线名称 — 产品线的名称；不同产品组中可以同名
ru: Название линии — название товарной линии; в разных группах может повторяться
unit: text
headings: product line name; name of line; series name; 系列名称; 产品系列名称; Наименование линии; Название товарной линии; Название линейки';

comment on column products.unit_cost is
'Cost of one stock unit, net of VAT.
en: Unit cost
zh: 单位成本 — 每一库存单位的成本，不含税
ru: Себестоимость единицы — себестоимость одной единицы без НДС
unit: money_per_unit
headings: cost; unit cost price; standard cost; cost price; 成本单价; 标准成本; 成本价; 单件成本; 计划成本; Себестоимость; Плановая себестоимость; Учётная цена; Себестоимость за единицу; Цена по себестоимости';

comment on column products.list_price is
'Price of one unit by the price list, net of VAT.
en: List price
zh: 目录价 — 价目表上的单价，不含税
ru: Цена по прайсу — цена единицы по прайс-листу без НДС
unit: money_per_unit
headings: price; catalogue price; catalog price; standard price; selling price; 标价; 参考售价; 价目表价格; 出厂价; 标准售价; 定价; Прайсовая цена; Цена; Цена продажи; Отпускная цена; Базовая цена; Цена каталога';

comment on column products.unit is
'Stock unit in which quantities are counted.
en: Unit
zh: 计量单位 — 数量所用的库存计量单位
ru: Единица измерения — единица, в которой учитываются количества
unit: text
headings: uom; unit of measure; stock unit; base unit; measure unit; 主计量单位; 单位; 基本单位; 基本计量单位; 库存单位; Ед. изм.; Ед.; Единица; Базовая единица; Единица хранения';

comment on column products.barcode is
'Bar code on the product.
en: Barcode
zh: 条码 — 产品上的条形码
ru: Штрихкод — штриховой код товара
unit: code
headings: bar code; ean; ean13; gtin; upc; 条形码; 商品条码; 产品条码; Штрих-код; Штриховой код; Код ЕАН';

comment on column products.pack_qty is
'Units in one sales pack; orders are rounded up to it.
en: Pack quantity
zh: 装箱数量 — 每一销售包装所含的数量；订货按此向上取整
ru: Количество в упаковке — единиц в одной упаковке; заказ округляется вверх до неё
unit: qty
headings: pack size; units per pack; case size; pieces per case; qty per case; 包装数量; 箱规; 每箱数量; 件装数; 包装规格; Кратность; Вложение; Кратность упаковки; Штук в упаковке; Норма упаковки';

comment on column products.min_order_qty is
'Least quantity that can be ordered.
en: Minimum order
zh: 最小订货量 — 一次订货的最少数量
ru: Минимальный заказ — наименьшее количество в заказе
unit: qty
headings: minimum order quantity; moq; min order; 最小起订量; 最低订货量; 起订量; 最小订购量; Минимальная партия; Мин. заказ; Минимальное количество заказа; Минимальная партия заказа';

comment on column products.safety_stock_qty is
'Stock kept against surprises.
en: Safety stock
zh: 安全库存 — 为应对意外而保留的库存量
ru: Страховой запас — запас на случай неожиданностей
unit: qty
headings: safety stock quantity; safety stock level; minimum stock; 安全库存量; 最低库存; 安全存量; Неснижаемый остаток; Минимальный остаток; Резервный запас; Гарантийный запас';

comment on column products.production_days is
'Days that it takes to make the product.
en: Production time
zh: 生产周期 — 生产该产品所需的天数
ru: Срок производства — сколько дней занимает производство
unit: days
headings: production lead time; days to manufacture; manufacturing days; make time; 生产提前期; 生产天数; 制造周期; 固定提前期; Дней на производство; Длительность производства; Производственный цикл; Время изготовления';

comment on column products.made_by is
'Who makes it: we for stock, we to order, or somebody else.
en: Made by
zh: 生产方式 — 由谁生产：自产备货、自产按单或外购
ru: Кто производит — сами на склад, сами под заказ или сторонний производитель
unit: text
values: own = own production, make, make to stock, 自产, 自制, 自产备货, собственное производство, сами, на склад; own_to_order = make to order, to order, 按单生产, 自产按单, 定制, под заказ, на заказ, собственное под заказ; third_party = third party, buy, bought, purchased, 外购, 外协, 代工, сторонний, сторонний производитель, закупка, покупное
headings: sourcing; source; make or buy; procurement type; 货源; 存货属性; 物料属性; 来源; 自制外购; Способ обеспечения; Источник; Тип производства';

comment on column products.catalogue_on is
'Day on which the product entered the catalogue.
en: In catalogue since
zh: 上市日期 — 产品进入目录的日期
ru: Введён в каталог — день ввода товара в каталог
unit: day
headings: catalogue date; listed on; launch date; introduced on; listing date; sell start date; 入目录日期; 启用日期; 上架日期; 建档日期; 首次上市日期; Дата ввода; Дата ввода в ассортимент; Дата ввода в каталог; В каталоге с; Дата появления';

comment on column products.is_innovation is
'Whether the product was new to the market when it came.
en: Innovation
zh: 是否创新品 — 上市时是否属于市场上的创新产品
ru: Инновация — был ли товар новинкой для рынка
unit: flag
headings: innovation product; innovative; is new; 创新品; 创新产品; 是否新品; Инновационный; Новинка; Инновационный товар';

comment on column products.withdrawn_on is
'Day from which the product is no longer sold.
en: Withdrawn on
zh: 退市日期 — 产品停止销售的日期
ru: Выведен — день вывода товара из продажи
unit: day
month: last day
headings: withdrawal date; discontinued on; discontinued date; end of sale; sell end date; 停售日期; 停用日期; 淘汰日期; 下架日期; 停产日期; Дата вывода; Дата вывода из ассортимента; Снят с продажи; Дата снятия';

comment on column products.withdrawn_cause is
'Why the product was withdrawn.
en: Cause of withdrawal
zh: 退市原因 — 产品退市的原因
ru: Причина вывода — почему товар выведен
unit: text
values: replaced = replacement, superseded, 替代, 换代, 被替代, замена, заменён, заменен; tactical = tactical decision, 战术, 战术性退市, 策略调整, тактический, тактический вывод; dealer_special = dealer special, made for a dealer, 经销商定制, 专供, 定制结束, дилерский, для дилера, спецзаказ дилера; other = others, 其他, 其它, прочее, прочие, другое
headings: withdrawal reason; reason of withdrawal; discontinued reason; 停售原因; 淘汰原因; 停用原因; 停产原因; Причина снятия; Причина вывода из ассортимента; Причина снятия с продажи';

comment on column products.made_for_dealer_id is
'Dealer for whom alone the product is made.
en: Made for dealer
zh: 专供经销商编码 — 该产品专供的经销商编码
ru: Для дилера — дилер, для которого делается товар
unit: code
references: dealers.dealer_id
headings: made for; exclusive dealer; dedicated customer; 专供经销商; 专供客户; 定制客户; 专属客户编码; Эксклюзив для дилера; Эксклюзивный дилер; Спецзаказ для; Код эксклюзивного дилера';

comment on column products.shelf_life_days is
'Days from production until the product expires.
en: Shelf life
zh: 保质期 — 自生产之日起的保质天数
ru: Срок годности — дней от производства до истечения срока
unit: days
headings: shelf life days; expiry days; best before days; 保质期天数; 有效期天数; 保质天数; 有效期; Срок хранения; Срок годности в днях; Годен дней';

comment on column products.life_cycle is
'Stage of the product''s life.
en: Life cycle
zh: 生命周期阶段 — 产品所处的生命周期阶段
ru: Стадия жизненного цикла — на какой стадии жизни находится товар
unit: text
values: introduction = launch, new, 导入, 导入期, 引入期, внедрение, вывод на рынок; growth = growing, 成长, 成长期, рост; maturity = mature, 成熟, 成熟期, зрелость; decline = declining, 衰退, 衰退期, спад, упадок
headings: life cycle stage; lifecycle; stage of life; plc; 生命周期; 产品阶段; 产品生命周期; Жизненный цикл; Этап жизненного цикла; ЖЦТ';
