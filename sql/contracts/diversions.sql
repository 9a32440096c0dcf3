-- Goods found outside the territory of the dealer who had bought them, as other dealers complained.
create table diversions (
    complaint_id varchar not null,
    sku varchar not null,
    batch_id varchar not null,
    complained_on date not null,
    victim_dealer_id varchar not null,
    city varchar,
    qty double not null,
    recovered_price double,
    freight_per_unit double,
    special_mark varchar,
    evidence varchar,
    source_dealer_id varchar,
    is_active boolean
);

comment on table diversions is
'Goods found outside the territory of the dealer who had bought them, as other dealers complained.
en: Diversions
zh: 窜货投诉 — 经销商投诉的跨区域流货，按产品和批号分行。
ru: Перетоки — товар, найденный вне территории купившего его дилера, по жалобам других дилеров.
group: control
key: complaint_id, sku, batch_id
dated by: complained_on
names: diversions; diversion; diversion complaints; cross-territory sales; 窜货投诉; 窜货; 流货; 流货投诉; 窜货记录; Перетоки; Серые перетоки; Перетоки товара; Жалобы на перетоки';

comment on column diversions.complaint_id is
'Number of the complaint.
en: Complaint
zh: 投诉编号 — 投诉的编号
ru: Номер жалобы — номер жалобы
unit: code
headings: complaint no; complaint number; case; case no; 投诉单号; 窜货单号; 案件编号; 单据编号; Жалоба; Код жалобы; Номер обращения; Номер';

comment on column diversions.sku is
'Code of the product.
en: SKU
zh: 产品编码 — 产品的编码
ru: Артикул — код товара
unit: code
references: products.sku
headings: item code; item no; item number; product code; product no; product number; product id; part number; article; article number; stock code; product; item; 存货编码; 存货代码; 存货编号; 产品代码; 产品编号; 商品编码; 商品代码; 商品编号; 物料编码; 物料代码; 物料编号; 货号; 品号; 料号; Код номенклатуры; Номенклатура.Код; Номенклатура.Артикул; Код товара; Код продукции; Код изделия; Номенклатура; Товар';

comment on column diversions.batch_id is
'Batch number.
en: Batch
zh: 批号 — 生产批号
ru: Номер партии — номер партии или серии
unit: code
headings: batch no; batch number; batch code; production batch; lot; lot no; lot number; 批次; 批次号; 批次编号; 产品批号; 生产批号; Партия; Код партии; Серия; Номер серии; Серия номенклатуры';

comment on column diversions.complained_on is
'Day of the complaint.
en: Complained on
zh: 投诉日期 — 投诉的日期
ru: Дата жалобы — день жалобы
unit: day
month: last day
headings: complaint date; date; reported on; date of complaint; 举报日期; 单据日期; 日期; 受理日期; Дата обращения; Дата документа; Дата';

comment on column diversions.victim_dealer_id is
'Dealer into whose territory the goods came.
en: Victim dealer
zh: 受害经销商编码 — 被窜入区域的经销商
ru: Пострадавший дилер — дилер, на чью территорию попал товар
unit: code
references: dealers.dealer_id
headings: victim; complaining dealer; dealer; complainant; victim dealer code; 受害经销商; 投诉经销商; 投诉人; 被窜货经销商; 投诉方; Пострадавший; Код пострадавшего дилера; Заявитель; Код дилера; Дилер';

comment on column diversions.city is
'City in which the goods were found.
en: City
zh: 城市 — 发现流货的城市
ru: Город — город, где найден товар
unit: text
headings: town; city name; 市; 城市名称; 所在城市; 地市; Населённый пункт; Название города';

comment on column diversions.qty is
'Quantity found.
en: Quantity
zh: 数量 — 发现的数量
ru: Количество — найденное количество
unit: qty
headings: quantity; pieces; units; qty pcs; volume; 主数量; 件数; 基本单位数量; Кол-во; Количество в базовых единицах; Объём; diverted quantity; recovered quantity; 窜货数量; 流货数量; 回收数量; Количество перетока; Выкуплено';

comment on column diversions.recovered_price is
'Price of one unit at which the goods were bought back.
en: Recovery price
zh: 回收单价 — 回收该货物的单价
ru: Цена выкупа — цена единицы, по которой товар выкуплен
unit: money_per_unit
headings: recovered price; buy-back price; buyback price; price paid; 回收价格; 回购价; 收货价; 买回价格; Цена возврата; Выкупная цена; Цена обратного выкупа';

comment on column diversions.freight_per_unit is
'Freight for one unit on its way back.
en: Freight per unit
zh: 单位运费 — 退回时每单位的运费
ru: Перевозка единицы — стоимость обратной перевозки единицы
unit: money_per_unit
headings: freight; freight cost per unit; unit freight; transport per unit; 运费单价; 每箱运费; 运费; Фрахт на единицу; Транспорт на единицу; Доставка единицы';

comment on column diversions.special_mark is
'Mark on the goods that tells for whom they were made.
en: Special mark
zh: 特殊标记 — 货物上表明专供对象的标记
ru: Особая метка — метка на товаре, по которой видно, для кого он сделан
unit: text
headings: mark; marking; special marking; tracing mark; 标记; 专供标识; 特殊标识; 防窜码; 防窜货标识; Метка; Маркировка; Спецметка; Особый знак';

comment on column diversions.evidence is
'What proves the diversion.
en: Evidence
zh: 证据 — 证明窜货的材料
ru: Доказательства — чем доказан переток
unit: text
headings: proof; documents; photo; attachments; 证明材料; 证据说明; 佐证; 附件; Подтверждение; Доказательство; Фото; Документы';

comment on column diversions.source_dealer_id is
'Dealer from whom the goods came; empty until that was judged.
en: Source dealer
zh: 来源经销商编码 — 经判定的货物来源经销商，未判定时留空
ru: Дилер-источник — дилер, от которого пришёл товар; пусто, пока не установлено
unit: code
references: dealers.dealer_id
headings: source; diverting dealer; diverter; source dealer code; 窜货经销商; 来源经销商; 窜出经销商; 违规经销商; Источник; Код дилера-источника; Виновный дилер; Нарушитель';

comment on column diversions.is_active is
'Whether the dealer did it on purpose (active diversion).
en: Active
zh: 是否主动 — 是否为主动流货
ru: Умышленно — был ли переток умышленным
unit: flag
headings: active diversion; on purpose; deliberate; 主动流货; 主动窜货; 是否主动窜货; Активный переток; Умышленный; Намеренно';
