-- What each dealer may owe us and for how long, by period.
create table credit_terms (
    dealer_id varchar not null,
    valid_from date not null,
    valid_to date,
    credit_limit double not null,
    credit_days integer not null,
    deposit double,
    review_on date
);

comment on table credit_terms is
'What each dealer may owe us and for how long, by period.
en: Credit terms
zh: 信用条件 — 各经销商的信用额度和账期，按有效期分行。
ru: Условия кредита — сколько и как долго дилер может быть нам должен, по периодам.
group: parties
key: dealer_id, valid_from
dated by: valid_from
names: credit_terms; credit terms; credit limits; payment terms; credit; 信用条件; 信用额度; 账期; 客户信用; 信用档案; Условия кредита; Кредитные лимиты; Лимиты; Условия оплаты; Отсрочки';

comment on column credit_terms.dealer_id is
'Code of the dealer.
en: Dealer
zh: 经销商编码 — 经销商的编码
ru: Код дилера — код дилера
unit: code
references: dealers.dealer_id
headings: dealer code; dealer no; dealer id; customer code; customer no; customer number; customer id; customer; reseller; distributor; distributor code; 经销商代码; 经销商编号; 客户编码; 客户代码; 客户编号; 客户号; 往来单位编码; 购货单位编码; 购货单位; 代理商编码; 经销商; 客户; Дилер; Код контрагента; Код клиента; Код покупателя; Код дистрибьютора; Контрагент; Покупатель; Клиент; Дистрибьютор';

comment on column credit_terms.valid_from is
'First day on which it applies.
en: Valid from
zh: 生效日期 — 开始适用的第一天
ru: Действует с — первый день действия
unit: day
headings: valid from date; effective from; effective date; start date; from date; 起始日期; 开始日期; 有效期起; 生效日; Дата начала действия; Начало действия; Дата начала; Дата вступления в силу';

comment on column credit_terms.valid_to is
'Last day on which it applies; empty = until further notice.
en: Valid to
zh: 失效日期 — 适用的最后一天；空表示长期有效
ru: Действует по — последний день действия; пусто — до отмены
unit: day
month: last day
headings: valid to date; effective to; end date; until; expires on; 终止日期; 结束日期; 有效期止; 截止日期; Дата окончания действия; Окончание действия; Дата окончания';

comment on column credit_terms.credit_limit is
'The most that the dealer may owe us.
en: Credit limit
zh: 信用额度 — 经销商最多可欠的金额
ru: Кредитный лимит — наибольший долг дилера перед нами
unit: money
headings: limit; credit line; maximum credit; 授信额度; 信用限额; 额度; Лимит; Лимит кредита; Допустимая сумма задолженности; Сумма лимита';

comment on column credit_terms.credit_days is
'Days from the invoice until it must be paid.
en: Credit days
zh: 账期天数 — 自开票至应付款的天数
ru: Отсрочка в днях — дней от накладной до срока оплаты
unit: days
headings: payment days; days of credit; payment term; terms days; net days; 信用天数; 信用期限; 账期; 付款期限; 信用期; Отсрочка платежа; Дней отсрочки; Срок оплаты; Отсрочка; Допустимое число дней задолженности';

comment on column credit_terms.deposit is
'Money that the dealer has left with us as security.
en: Deposit
zh: 保证金 — 经销商交存的保证金
ru: Залог — обеспечительный взнос дилера
unit: money
headings: security deposit; guarantee; bond; 押金; 信用保证金; 市场保证金; Депозит; Обеспечительный платёж; Гарантийный взнос; Сумма залога';

comment on column credit_terms.review_on is
'Day on which the terms are to be looked at again.
en: Review on
zh: 复审日期 — 下次复审信用条件的日期
ru: Дата пересмотра — день следующего пересмотра условий
unit: day
headings: review date; next review; 复核日期; 下次评审日期; 评审日期; Пересмотр; Следующий пересмотр; Дата проверки лимита';
