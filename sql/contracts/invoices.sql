-- What we charged dealers, one row an invoice.
create table invoices (
    invoice_id varchar not null,
    dealer_id varchar not null,
    invoiced_on date not null,
    due_on date not null,
    amount double not null,
    order_id varchar
);

comment on table invoices is
'What we charged dealers, one row an invoice.
en: Invoices
zh: 应收发票 — 开给经销商的发票，每行为一张。
ru: Счета — что мы выставили дилерам, один счёт на строку.
group: money
key: invoice_id
dated by: invoiced_on
reported: steadily
names: invoices; receivables; accounts receivable; open items; 应收发票; 应收单; 应收账款; 开票明细; Счета; Накладные; Дебиторская задолженность; Счета-фактуры';

comment on column invoices.invoice_id is
'Number of the invoice.
en: Invoice
zh: 发票号 — 发票或销售单的号码
ru: Номер накладной — номер накладной или счёта
unit: code
headings: invoice no; invoice number; invoice; 发票号码; 发票编号; 销售发票号; 发票; Номер счёта; Счёт; Номер счёта-фактуры; Счёт-фактура; Накладная; document no; document number; 单据编号; 单据号; 应收单号; 单号; Номер документа; Документ; Номер';

comment on column invoices.dealer_id is
'Dealer who owes it.
en: Dealer
zh: 经销商编码 — 应付款的经销商
ru: Код дилера — дилер-должник
unit: code
references: dealers.dealer_id
headings: dealer code; dealer no; dealer id; customer code; customer no; customer number; customer id; customer; reseller; distributor; distributor code; 经销商代码; 经销商编号; 客户编码; 客户代码; 客户编号; 客户号; 往来单位编码; 购货单位编码; 购货单位; 代理商编码; 经销商; 客户; Дилер; Код контрагента; Код клиента; Код покупателя; Код дистрибьютора; Контрагент; Покупатель; Клиент; Дистрибьютор';

comment on column invoices.invoiced_on is
'Day of the invoice.
en: Invoiced on
zh: 开票日期 — 发票的日期
ru: Дата счёта — день счёта
unit: day
month: last day
headings: invoice date; issue date; document date; date; billing date; 发票日期; 单据日期; 立账日期; 日期; Дата накладной; Дата документа; Дата выставления; Дата';

comment on column invoices.due_on is
'Day by which it must be paid.
en: Due on
zh: 到期日 — 应付款的最后日期
ru: Срок оплаты — день, до которого надо оплатить
unit: day
month: last day
headings: due date; payment due; pay by; maturity date; 到期日期; 应收日期; 付款到期日; 收款期限; Дата оплаты; Оплатить до; Срок платежа; Плановая дата оплаты';

comment on column invoices.amount is
'Amount of the invoice, on the same footing as its payments (both with VAT, or both without).
en: Amount
zh: 金额 — 发票金额；与收款口径一致（同为含税或同为不含税）
ru: Сумма — сумма счёта; так же, как и оплаты (и то и другое с НДС или без)
unit: money
headings: invoice amount; total; invoice total; value; 应收金额; 发票金额; 价税合计; 开票金额; Сумма счёта; Сумма документа; Всего; Сумма долга';

comment on column invoices.order_id is
'Number of the order.
en: Order
zh: 订单号 — 订单的号码
ru: Номер заказа — номер заказа
unit: code
headings: order no; order number; order code; order; sales order; sales order no; 订单编号; 订单号码; 销售订单号; 订单单号; 销售订单; Заказ; Код заказа; Заказ клиента; Номер заказа клиента; Заказ покупателя';
