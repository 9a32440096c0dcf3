-- What dealers paid, one row a payment; one without an invoice is unapplied or an advance.
create table payments (
    payment_id varchar not null,
    dealer_id varchar not null,
    paid_on date not null,
    amount double not null,
    invoice_id varchar
);

comment on table payments is
'What dealers paid, one row a payment; one without an invoice is unapplied or an advance.
en: Payments
zh: 收款 — 经销商的付款，每行为一笔；未填发票号的为预收或未核销款。
ru: Оплаты — что заплатили дилеры, один платёж на строку; без счёта — аванс или не разнесено.
group: money
key: payment_id
dated by: paid_on
reported: steadily
names: payments; receipts of money; cash receipts; collections; 收款; 收款单; 回款; 回款明细; Оплаты; Платежи; Поступления денег; Поступление оплаты';

comment on column payments.payment_id is
'Number of the payment.
en: Payment
zh: 收款单号 — 收款的单号
ru: Номер платежа — номер платежа
unit: code
headings: payment no; payment number; receipt no; document no; 收款编号; 单据编号; 单据号; 收款单编号; 单号; Номер оплаты; Номер документа; Документ; Номер; Платёжное поручение';

comment on column payments.dealer_id is
'Dealer who paid.
en: Dealer
zh: 经销商编码 — 付款的经销商
ru: Код дилера — дилер-плательщик
unit: code
references: dealers.dealer_id
headings: dealer code; dealer no; dealer id; customer code; customer no; customer number; customer id; customer; reseller; distributor; distributor code; 经销商代码; 经销商编号; 客户编码; 客户代码; 客户编号; 客户号; 往来单位编码; 购货单位编码; 购货单位; 代理商编码; 经销商; 客户; Дилер; Код контрагента; Код клиента; Код покупателя; Код дистрибьютора; Контрагент; Покупатель; Клиент; Дистрибьютор; payer; 付款单位; Плательщик';

comment on column payments.paid_on is
'Day on which the money came.
en: Paid on
zh: 收款日期 — 收到款项的日期
ru: Дата оплаты — день поступления денег
unit: day
month: last day
headings: payment date; date; document date; received on; 回款日期; 到账日期; 单据日期; 日期; Дата платежа; Дата поступления; Дата документа; Дата';

comment on column payments.amount is
'Amount paid.
en: Amount
zh: 金额 — 收款金额
ru: Сумма — сумма оплаты
unit: money
headings: payment amount; paid; value; received amount; 收款金额; 回款金额; 实收金额; 到账金额; Сумма платежа; Сумма оплаты; Оплачено; Сумма документа';

comment on column payments.invoice_id is
'Invoice that it pays; empty = unapplied, or an advance.
en: Invoice
zh: 发票号 — 核销的发票；空表示未核销或预收
ru: Номер накладной — оплачиваемый счёт; пусто — аванс или не разнесено
unit: code
headings: invoice no; invoice number; invoice; 发票号码; 发票编号; 销售发票号; 发票; Номер счёта; Счёт; Номер счёта-фактуры; Счёт-фактура; Накладная; applied to; 核销单号; По счёту';
