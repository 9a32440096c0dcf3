-- Stock by count or by the books on a day, one row an item at a location (by batch and condition where known); a location's day is complete.
create table stock (
    counted_on date not null,
    location_id varchar not null,
    item_id varchar not null,
    batch_id varchar,
    condition varchar check (condition in ('good', 'damaged', 'expired')),
    on_hand_qty double not null,
    unit_cost double,
    received_on date,
    in_transit_qty double,
    committed_qty double,
    purpose varchar,
    reported_on date
);

comment on table stock is
'Stock by count or by the books on a day, one row an item at a location (by batch and condition where known); a location''s day is complete.
en: Stock
zh: 库存 — 某日的盘点或账面库存，每行为某仓库的一种存货（可分批号和质量状态）；同一仓库同一日的数据是完整的。
ru: Остатки — остаток на день по пересчёту или по учёту, одна позиция склада на строку (по партиям и состоянию, если известны); остаток склада на день полон.
group: required
key: counted_on, location_id, item_id, batch_id, condition
dated by: counted_on
reported: steadily
names: stock; inventory; stock balance; on hand; stock on hand; inventory balance; 库存; 现存量; 库存余额; 即时库存; 收发存; 库存台账; 存货余额; Остатки; Остатки товаров; Запасы; Остатки на складах; Ведомость остатков; Ведомость по товарам; Оборотно-сальдовая ведомость; ОСВ; 即时库存; 进销存; mb52';

comment on column stock.counted_on is
'Day of the count or of the book balance.
en: Counted on
zh: 库存日期 — 盘点或账面结存的日期
ru: Дата остатка — день пересчёта или учётного остатка
unit: day
month: last day; month; 月份; 年月; 会计期间; 期间; Месяц; Отчётный месяц; Период, месяц
headings: count date; stock date; as of; as of date; balance date; snapshot date; inventory date; date; 结存日期; 盘点日期; 截止日期; 盘存日期; 单据日期; 日期; На дату; Дата остатков; Дата пересчёта; Дата инвентаризации; Период; Дата';

comment on column stock.location_id is
'Warehouse or place where the stock lies.
en: Location
zh: 仓库编码 — 存放该库存的仓库编码
ru: Код склада — склад или место, где лежит запас
unit: code
references: locations.location_id
headings: location code; location no; warehouse; warehouse code; warehouse no; site; depot; store; 仓库代码; 仓库编号; 库房编码; 仓库; 库房; 存放地点; 库位编码; Склад; Код места хранения; Место хранения; Складская территория; Номер склада; sloc; stor loc; storage location; 库存地点';

comment on column stock.item_id is
'Code of the product or of the material.
en: Item
zh: 存货编码 — 产品或物料的编码
ru: Код номенклатуры — код товара или материала
unit: code
references: products.sku or materials.material_id
headings: item code; item no; item number; sku; product code; product no; material code; material no; part number; article; stock code; product; material; 存货代码; 存货编号; 物料编码; 物料代码; 物料编号; 产品编码; 产品代码; 商品编码; 商品代码; 材料编码; 货号; 品号; 料号; Артикул; Номенклатура.Код; Номенклатура.Артикул; Код товара; Код материала; Код продукции; Код позиции; Номенклатура; Товар; Материал';

comment on column stock.batch_id is
'Batch number.
en: Batch
zh: 批号 — 生产批号
ru: Номер партии — номер партии или серии
unit: code
headings: batch no; batch number; batch code; production batch; lot; lot no; lot number; 批次; 批次号; 批次编号; 产品批号; 生产批号; Партия; Код партии; Серия; Номер серии; Серия номенклатуры';

comment on column stock.condition is
'Whether the stock can be sold.
en: Condition
zh: 质量状态 — 库存的质量状态
ru: Состояние — пригоден ли запас к продаже
unit: text
values: good = ok, sound, saleable, unrestricted, 良品, 合格, 合格品, 正常, 正品, годный, годное, кондиция, хорошее, новый; damaged = defective, blocked, 残次, 残次品, 不良品, 破损, 不合格, брак, повреждён, повреждено, поврежденный, некондиция; expired = out of date, 过期, 超期, 已过期, просрочен, просрочено, просроченный, истёк срок
headings: stock condition; quality; quality status; stock status; 库存状态; 质检状态; 品质; 品质状态; 存货状态; Качество; Качество товара; Статус запаса; Состояние товара';

comment on column stock.on_hand_qty is
'Quantity on hand; negative where the books say so.
en: On hand
zh: 现存量 — 现有库存数量；账面为负时可为负数
ru: Остаток — количество в наличии; с минусом, если так по учёту
unit: qty
headings: on hand quantity; quantity on hand; stock quantity; stock; balance; closing stock; quantity; qty; 现存数量; 库存数量; 结存数量; 库存量; 即时库存; 账面数量; 期末数量; 期末结存 数量; 期末余额 数量; 期末库存 数量; 期末 数量; 本期结存 数量; 结存 数量; closing balance quantity; ending balance quantity; closing stock quantity; 数量; Конечный остаток; Конечный остаток Количество; Конечный остаток Кол-во; Остаток на конец; Остаток на конец Количество; Остаток на конец периода Количество; Конечный остаток В единицах хранения; Количество остаток; Остаток на складе; В наличии; Количество; Кол-во; unrestricted; unrestricted-use stock; 非限制使用; 非限制使用的库存; Свободно используемый запас; 期末库存数量; 结存量';

comment on column stock.unit_cost is
'Cost of one unit of this stock, net of VAT.
en: Unit cost
zh: 单位成本 — 该库存每单位的成本，不含税
ru: Себестоимость единицы — себестоимость единицы этого запаса без НДС
unit: money_per_unit
headings: cost; unit cost price; standard cost; cost price; 成本单价; 标准成本; 成本价; 单件成本; 计划成本; Себестоимость; Плановая себестоимость; Учётная цена; Себестоимость за единицу; Цена по себестоимости; 结存单价; 库存单价; 单价; Цена; Цена учёта';

comment on column stock.received_on is
'Day on which the stock came in.
en: Received on
zh: 入库日期 — 该库存入库的日期
ru: Дата поступления — день поступления запаса
unit: day
headings: receipt date; received date; goods receipt date; entry date; 收货日期; 进货日期; 到货日期; Дата прихода; Дата оприходования; Дата приёмки';

comment on column stock.in_transit_qty is
'Quantity on its way to this location.
en: In transit
zh: 在途数量 — 正在运往该仓库的数量
ru: В пути — количество в пути на этот склад
unit: qty
headings: in transit quantity; goods in transit; on the way; on order; 在途量; 在途库存; 调拨在途量; Товары в пути; Количество в пути; Ожидается';

comment on column stock.committed_qty is
'Quantity on hand that is promised to customers already.
en: Committed
zh: 已占用数量 — 现有库存中已承诺给客户的数量
ru: В резерве — часть остатка, уже обещанная клиентам
unit: qty
headings: committed quantity; reserved; reserved quantity; allocated; allocated quantity; 待发货量; 预留数量; 锁库数量; 已分配数量; 预约数量; 占用量; Резерв; Зарезервировано; Количество в резерве; Резерв под заказ';

comment on column stock.purpose is
'Why this stock was bought early: a promotion, a price change, a season.
en: Purpose
zh: 储备目的 — 提前备货的原因，例如促销、调价或旺季
ru: Цель запаса — зачем запас куплен заранее: акция, смена цен, сезон
unit: text
headings: stock purpose; reason for stock; investment purpose; 备货原因; 备货目的; 储备原因; Назначение запаса; Причина закупки; Назначение';

comment on column stock.reported_on is
'Day on which the dealer reported this stock to us.
en: Reported on
zh: 上报日期 — 经销商上报该库存的日期
ru: Дата отчёта — день, когда дилер сообщил остаток
unit: day
headings: report date; reporting date; submitted on; 提报日期; 报告日期; 填报日期; Дата сообщения; Дата подачи отчёта; Дата отчёта дилера';
