-- Dealers' orders, one row an order line.
create table orders (
    order_id varchar not null,
    line_no varchar not null,
    ordered_on date not null,
    dealer_id varchar not null,
    sku varchar not null,
    qty double not null,
    net_value double,
    requested_on date,
    promised_on date,
    shipped_qty double,
    contract_id varchar,
    priority varchar,
    status varchar check (status in ('open', 'shipped', 'cancelled'))
);

comment on table orders is
'Dealers'' orders, one row an order line.
en: Orders
zh: 销售订单 — 经销商的订单，每行为一条订单明细。
ru: Заказы — заказы дилеров, одна строка заказа на строку.
group: demand
key: order_id, line_no
dated by: ordered_on
reported: steadily
names: orders; sales orders; order book; dealer orders; order lines; 销售订单; 订单; 订单明细; 客户订单; 订货单; Заказы; Заказы клиентов; Заказы дилеров; Заказы покупателей; Книга заказов';

comment on column orders.order_id is
'Number of the order.
en: Order
zh: 订单号 — 订单的号码
ru: Номер заказа — номер заказа
unit: code
headings: order no; order number; order code; order; sales order; sales order no; 订单编号; 订单号码; 销售订单号; 订单单号; 销售订单; Заказ; Код заказа; Заказ клиента; Номер заказа клиента; Заказ покупателя; document no; document number; 单据编号; 单据号; 单号; Номер документа; Номер; Документ';

comment on column orders.line_no is
'Number of the line within the document.
en: Line number
zh: 行号 — 单据中的明细行号
ru: Номер строки — номер строки в документе
unit: code
headings: line number; line; row no; document line; order line; item line; 行次; 明细行号; 单据行号; 分录号; 分录行号; 订单行号; № строки; Строка; Строка документа; Строка заказа';

comment on column orders.ordered_on is
'Day on which the order was placed.
en: Ordered on
zh: 订货日期 — 下单的日期
ru: Дата заказа — день размещения заказа
unit: day
month: last day
headings: order date; document date; placed on; date; 订单日期; 下单日期; 单据日期; 日期; Дата документа; Дата размещения; Дата оформления заказа; Дата';

comment on column orders.dealer_id is
'Code of the dealer who ordered.
en: Dealer
zh: 经销商编码 — 下单经销商的编码
ru: Код дилера — код дилера, который заказал
unit: code
references: dealers.dealer_id
headings: dealer code; dealer no; dealer id; customer code; customer no; customer number; customer id; customer; reseller; distributor; distributor code; 经销商代码; 经销商编号; 客户编码; 客户代码; 客户编号; 客户号; 往来单位编码; 购货单位编码; 购货单位; 代理商编码; 经销商; 客户; Дилер; Код контрагента; Код клиента; Код покупателя; Код дистрибьютора; Контрагент; Покупатель; Клиент; Дистрибьютор';

comment on column orders.sku is
'Code of the product ordered.
en: SKU
zh: 产品编码 — 所订产品的编码
ru: Артикул — код заказанного товара
unit: code
references: products.sku
headings: item code; item no; item number; product code; product no; product number; product id; part number; article; article number; stock code; product; item; 存货编码; 存货代码; 存货编号; 产品代码; 产品编号; 商品编码; 商品代码; 商品编号; 物料编码; 物料代码; 物料编号; 货号; 品号; 料号; Код номенклатуры; Номенклатура.Код; Номенклатура.Артикул; Код товара; Код продукции; Код изделия; Номенклатура; Товар';

comment on column orders.qty is
'Quantity ordered.
en: Quantity
zh: 数量 — 订货数量
ru: Количество — заказанное количество
unit: qty
headings: quantity; pieces; units; qty pcs; volume; 主数量; 件数; 基本单位数量; Кол-во; Количество в базовых единицах; Объём; ordered quantity; order quantity; quantity ordered; 订货数量; 订单数量; 订购数量; 订货量; Заказано; Заказанное количество; Количество заказано';

comment on column orders.net_value is
'Value of the line after discounts, net of VAT.
en: Net value
zh: 无税金额 — 该行折后的不含税金额
ru: Сумма без НДС — сумма строки после скидок без НДС
unit: money
headings: net amount; order value; value; amount; amount excl vat; 不含税金额; 未税金额; 本币无税金额; 订单金额; 订货金额; 金额; Сумма заказа; Сумма заказа без НДС; Стоимость без НДС; Сумма';

comment on column orders.requested_on is
'Day on which the dealer wants the goods.
en: Requested on
zh: 要求交货日期 — 经销商要求的交货日期
ru: Желаемая дата отгрузки — день, к которому дилер просит товар
unit: day
month: last day
headings: requested date; requested delivery date; wanted on; required date; required on; 需求日期; 要货日期; 客户要求日期; 期望交货日期; Дата потребности; Запрошенная дата; Желаемая дата; Требуемая дата отгрузки';

comment on column orders.promised_on is
'Day that we promised.
en: Promised on
zh: 承诺交货日期 — 我方承诺的交货日期
ru: Обещанная дата отгрузки — день, который мы обещали
unit: day
month: last day
headings: promised date; confirmed date; due date; delivery date; promise date; 预计发货日期; 交货日期; 交期; 确认交期; 预发货日期; Обещанная дата; Подтверждённая дата; Дата отгрузки; Плановая дата отгрузки';

comment on column orders.shipped_qty is
'Quantity shipped so far.
en: Shipped quantity
zh: 累计发货数量 — 至今已发货的数量
ru: Отгружено — отгружено на сегодня
unit: qty
headings: shipped; delivered quantity; quantity shipped; delivered; 已发货数量; 累计出库数量; 已出库数量; 已发数量; Отгруженное количество; Количество отгружено; Выполнено; Отгружено по заказу';

comment on column orders.contract_id is
'Contract that the order belongs to.
en: Contract
zh: 合同号 — 订单所属的合同
ru: Номер договора — договор, к которому относится заказ
unit: code
headings: contract no; contract number; agreement; 合同编号; 合同编码; 协议号; 合同; Договор; Контракт; Код договора; Номер контракта';

comment on column orders.priority is
'Priority of the order.
en: Priority
zh: 优先级 — 订单的优先级
ru: Приоритет — приоритет заказа
unit: text
headings: order priority; urgency; 优先级别; 紧急程度; 加急; Срочность; Приоритет заказа; Очерёдность';

comment on column orders.status is
'Whether the order line is open, shipped or cancelled.
en: Status
zh: 状态 — 未完成、已发货或已取消
ru: Статус — открыт, отгружен или отменён
unit: text
values: open = in progress, outstanding, confirmed, 未完成, 执行中, 未发货, 审核, 进行中, открыт, в работе, к выполнению, открытый; shipped = closed, complete, completed, delivered, 已发货, 已完成, 关闭, 已关闭, отгружен, выполнен, закрыт, отгружено; cancelled = canceled, void, 取消, 已取消, 作废, отменён, отменен, аннулирован
headings: state; current status; 当前状态; 业务状态; 状态名称; Состояние; Текущий статус; order status; 订单状态; 行状态; Статус заказа; Состояние заказа';
