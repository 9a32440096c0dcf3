-- What we shipped to dealers (sell-in), one row an invoice line; returns are negative.
create table sales (
    shipped_on date not null,
    dealer_id varchar not null,
    sku varchar not null,
    qty double not null,
    net_value double not null,
    cost_value double,
    list_value double,
    invoice_id varchar,
    line_no varchar,
    order_id varchar,
    location_id varchar,
    batch_id varchar,
    sphere varchar,
    promotion_id varchar
);

comment on table sales is
'What we shipped to dealers (sell-in), one row an invoice line; returns are negative.
en: Sales (sell-in)
zh: 销售出库 — 我方发给经销商的货物，每行为一张单据的一条明细；退货为负数。
ru: Продажи дилерам — отгрузки дилерам, одна строка накладной на строку; возвраты с минусом.
group: required
key: invoice_id, line_no
same: shipped_on, dealer_id, sku, order_id, batch_id, location_id
dated by: shipped_on
names: sales; sell-in; shipments; 销售出库; 销售明细; 销售发货; 出库明细; Продажи; Реализация; Отгрузки';

comment on column sales.shipped_on is
'Day on which the goods left us.
en: Shipped on
zh: 发货日期 — 货物发出的日期
ru: Дата отгрузки — день, когда товар отгружен
unit: day
headings: ship date; shipping date; shipment date; invoice date; posting date; date; 发货日期; 出库日期; 单据日期; 销售日期; 开票日期; 日期; Дата отгрузки; Дата реализации; Дата документа; Период; Дата';

comment on column sales.dealer_id is
'Code of the dealer who received the goods.
en: Dealer
zh: 经销商编码 — 收货经销商的编码
ru: Код дилера — код дилера-получателя
unit: code
references: dealers.dealer_id
headings: dealer; dealer code; customer; customer code; customer no; 经销商编码; 经销商代码; 经销商; 客户编码; 客户代码; 客户编号; 购货单位编码; Код дилера; Дилер; Код контрагента; Контрагент; Код клиента; Покупатель';
