-- The company's cash and balances by month.
create table cash (
    month date not null,
    profit double not null,
    opening_cash double not null,
    closing_cash double not null,
    depreciation double,
    receivables double,
    stock_value double,
    payables double,
    advances double,
    capex double,
    financing double,
    dividends double,
    tax double,
    write_offs double
);

comment on table cash is
'The company''s cash and balances by month.
en: Cash
zh: 现金流 — 公司各月的现金和余额。
ru: Деньги — деньги и остатки компании по месяцам.
group: money
key: month
dated by: month
reported: steadily
names: cash; cash flow; cashflow; balance sheet; 现金流; 现金流量; 资金; 资金流量表; Деньги; Движение денег; Денежный поток; Движение денежных средств';

comment on column cash.month is
'The month, by its first day.
en: Month
zh: 月份 — 所属月份，以当月第一天表示
ru: Месяц — месяц, обозначенный первым днём
unit: month
headings: period; year month; 月度; 年月; 期间; 会计期间; 所属期间; Период; Отчётный месяц; Месяц и год';

comment on column cash.profit is
'Profit of the month.
en: Profit
zh: 利润 — 当月利润
ru: Прибыль — прибыль за месяц
unit: money
headings: net profit; net income; earnings; result; 净利润; 本月利润; 利润总额; Чистая прибыль; Финансовый результат; Прибыль за месяц';

comment on column cash.opening_cash is
'Cash at the beginning of the month.
en: Opening cash
zh: 期初现金 — 月初现金余额
ru: Деньги на начало — деньги на начало месяца
unit: money
headings: cash at start; beginning cash; opening balance; 期初余额; 月初现金; 期初资金; Остаток на начало; Начальный остаток; Денег на начало';

comment on column cash.closing_cash is
'Cash at the end of the month.
en: Closing cash
zh: 期末现金 — 月末现金余额
ru: Деньги на конец — деньги на конец месяца
unit: money
headings: cash at end; ending cash; closing balance; cash; 期末余额; 月末现金; 期末资金; Остаток на конец; Конечный остаток; Денег на конец';

comment on column cash.depreciation is
'Depreciation of the month.
en: Depreciation
zh: 折旧 — 当月折旧
ru: Амортизация — амортизация за месяц
unit: money
headings: amortisation; amortization; depreciation and amortisation; 折旧费; 折旧摊销; 本月折旧; Износ; Начисленная амортизация; Амортизация за месяц';

comment on column cash.receivables is
'What customers owe us at the month''s end.
en: Receivables
zh: 应收账款 — 月末客户欠款
ru: Дебиторская задолженность — сколько нам должны на конец месяца
unit: money
headings: accounts receivable; debtors; trade receivables; 应收款; 应收余额; 应收账款余额; Дебиторка; Задолженность покупателей; Долги покупателей';

comment on column cash.stock_value is
'Value of stock at the month''s end.
en: Stock value
zh: 存货金额 — 月末存货金额
ru: Стоимость запаса — стоимость запаса на конец месяца
unit: money
headings: inventory; stock; inventory value; inventories; 存货; 库存金额; 存货余额; Запасы; Стоимость запасов; Товарные запасы';

comment on column cash.payables is
'What we owe suppliers at the month''s end.
en: Payables
zh: 应付账款 — 月末欠供应商款项
ru: Кредиторская задолженность — сколько мы должны поставщикам на конец месяца
unit: money
headings: accounts payable; creditors; trade payables; 应付款; 应付余额; 应付账款余额; Кредиторка; Долги поставщикам; Задолженность поставщикам';

comment on column cash.advances is
'Balance at the month''s end of what customers paid in advance.
en: Advances
zh: 预收账款 — 月末预收客户款项余额
ru: Авансы полученные — остаток авансов клиентов на конец месяца
unit: money
headings: customer advances; prepayments received; advances received; 预收款; 合同负债; 预收余额; Авансы; Авансы от покупателей; Предоплаты';

comment on column cash.capex is
'Money spent on fixed assets.
en: Investment
zh: 资本支出 — 购置固定资产的支出
ru: Капитальные вложения — потрачено на основные средства
unit: money
headings: capital expenditure; investments; capital spending; 固定资产投资; 投资支出; 资本性支出; Капзатраты; Инвестиции; Покупка основных средств';

comment on column cash.financing is
'Loans and capital received, less those paid back.
en: Financing
zh: 筹资净额 — 取得的借款和资本减去归还额
ru: Финансирование — полученные займы и капитал за вычетом возвращённых
unit: money
headings: net financing; loans; financing cash flow; borrowing; 融资; 筹资活动净额; 借款净额; Кредиты и займы; Привлечено; Финансовый поток';

comment on column cash.dividends is
'Dividends paid.
en: Dividends
zh: 分红 — 已支付的股利
ru: Дивиденды — выплаченные дивиденды
unit: money
headings: dividends paid; distributions; distribution of profit; 股利; 分配股利; 利润分配; Выплата дивидендов; Дивиденды выплаченные; Распределение прибыли';

comment on column cash.tax is
'Tax paid.
en: Tax
zh: 税金 — 已缴纳的税金
ru: Налоги — уплаченные налоги
unit: money
headings: taxes; tax paid; income tax; 税费; 所得税; 已缴税金; Налог; Уплаченные налоги; Налог на прибыль';

comment on column cash.write_offs is
'What was written off without payment.
en: Write-offs
zh: 核销损失 — 未付现的核销和减值
ru: Списания — списано без оплаты
unit: money
headings: written off; write-off; impairment; 资产减值; 报废损失; 核销; Списано; Обесценение; Потери от списания';
