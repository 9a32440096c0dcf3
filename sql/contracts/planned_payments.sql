-- Money that will have to be paid, besides what follows from orders.
create table planned_payments (
    due_on date not null,
    amount double not null,
    what varchar not null
);

comment on table planned_payments is
'Money that will have to be paid, besides what follows from orders.
en: Planned payments
zh: 计划付款 — 未来应付的款项。
ru: Плановые платежи — деньги, которые предстоит заплатить.
group: money
same: due_on, what
dated by: due_on
names: planned_payments; planned payments; payment calendar; payment schedule; 计划付款; 付款计划; 付款日历; Плановые платежи; Платёжный календарь; График платежей';

comment on column planned_payments.due_on is
'Day on which it is to be paid.
en: Due on
zh: 付款日期 — 计划付款的日期
ru: Дата платежа — день, когда надо заплатить
unit: day
month: last day
headings: due date; payment date; date; planned date; pay on; 到期日; 计划付款日期; 应付日期; 日期; Срок оплаты; Срок платежа; Плановая дата; Дата';

comment on column planned_payments.amount is
'Amount to be paid.
en: Amount
zh: 金额 — 应付金额
ru: Сумма — сумма к оплате
unit: money
headings: value; sum; planned amount; payment amount; 付款金额; 计划金额; 应付金额; 计划付款金额; Сумма платежа; Сумма к оплате; План оплаты; К оплате';

comment on column planned_payments.what is
'What the payment is for.
en: What
zh: 付款事项 — 付款的用途
ru: Назначение — за что платёж
unit: text
headings: purpose; description; payment for; subject; item; 用途; 摘要; 款项用途; 付款内容; 事项; Назначение платежа; Описание; За что; Статья';
