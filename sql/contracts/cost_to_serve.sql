-- What serving a dealer costs us, by month and item.
create table cost_to_serve (
    dealer_id varchar not null,
    month date not null,
    item varchar not null,
    amount double not null
);

comment on table cost_to_serve is
'What serving a dealer costs us, by month and item.
en: Cost to serve
zh: 客户服务成本 — 服务各经销商的成本，按月份和项目分行。
ru: Стоимость обслуживания — во что нам обходится обслуживание дилера, по месяцам и статьям.
group: money
key: dealer_id, month, item
dated by: month
reported: steadily
names: cost_to_serve; cost to serve; service costs; customer costs; 客户服务成本; 服务成本; 客户费用; Стоимость обслуживания; Затраты на обслуживание; Расходы на клиентов';

comment on column cost_to_serve.dealer_id is
'Code of the dealer.
en: Dealer
zh: 经销商编码 — 经销商的编码
ru: Код дилера — код дилера
unit: code
references: dealers.dealer_id
headings: dealer code; dealer no; dealer id; customer code; customer no; customer number; customer id; customer; reseller; distributor; distributor code; 经销商代码; 经销商编号; 客户编码; 客户代码; 客户编号; 客户号; 往来单位编码; 购货单位编码; 购货单位; 代理商编码; 经销商; 客户; Дилер; Код контрагента; Код клиента; Код покупателя; Код дистрибьютора; Контрагент; Покупатель; Клиент; Дистрибьютор';

comment on column cost_to_serve.month is
'The month, by its first day.
en: Month
zh: 月份 — 所属月份，以当月第一天表示
ru: Месяц — месяц, обозначенный первым днём
unit: month
headings: period; year month; 月度; 年月; 期间; 会计期间; 所属期间; Период; Отчётный месяц; Месяц и год';

comment on column cost_to_serve.item is
'What the money was spent on, such as delivery, support, discounts.
en: Item
zh: 费用项目 — 费用的项目，例如送货、支持、折让
ru: Статья — на что потрачено: доставка, поддержка, скидки
unit: text
headings: cost item; expense item; expense; cost type; account; 项目; 科目; 费用科目; 费用类别; Статья расходов; Статья затрат; Вид расходов; Вид затрат';

comment on column cost_to_serve.amount is
'Amount, net of VAT.
en: Amount
zh: 金额 — 不含税金额
ru: Сумма — сумма без НДС
unit: money
headings: value; cost; cost amount; net amount; 费用金额; 发生额; 成本金额; 无税金额; Сумма расходов; Сумма затрат; Сумма без НДС; Стоимость';
