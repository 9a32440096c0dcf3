-- The dealers' own costs and other income, by month and item.
create table dealer_costs (
    dealer_id varchar not null,
    month date not null,
    item varchar not null check (item in ('warehousing', 'transport', 'people', 'office', 'marketing', 'bad_debt', 'other', 'tax', 'rebate', 'other_income')),
    supplier varchar check (supplier in ('own', 'other')),
    amount double not null,
    controllable boolean
);

comment on table dealer_costs is
'The dealers'' own costs and other income, by month and item.
en: Dealer costs
zh: 经销商费用 — 经销商自身的费用和其他收入，按月份和项目分行。
ru: Расходы дилеров — собственные расходы и прочие доходы дилеров по месяцам и статьям.
group: money
key: dealer_id, month, item, supplier
dated by: month
reported: steadily
names: dealer_costs; dealer costs; dealer expenses; dealer p&l; 经销商费用; 经销商成本; 经销商损益; Расходы дилеров; Затраты дилеров; Издержки дилеров';

comment on column dealer_costs.dealer_id is
'Code of the dealer.
en: Dealer
zh: 经销商编码 — 经销商的编码
ru: Код дилера — код дилера
unit: code
references: dealers.dealer_id
headings: dealer code; dealer no; dealer id; customer code; customer no; customer number; customer id; customer; reseller; distributor; distributor code; 经销商代码; 经销商编号; 客户编码; 客户代码; 客户编号; 客户号; 往来单位编码; 购货单位编码; 购货单位; 代理商编码; 经销商; 客户; Дилер; Код контрагента; Код клиента; Код покупателя; Код дистрибьютора; Контрагент; Покупатель; Клиент; Дистрибьютор';

comment on column dealer_costs.month is
'The month, by its first day.
en: Month
zh: 月份 — 所属月份，以当月第一天表示
ru: Месяц — месяц, обозначенный первым днём
unit: month
headings: period; year month; 月度; 年月; 期间; 会计期间; 所属期间; Период; Отчётный месяц; Месяц и год';

comment on column dealer_costs.item is
'What the money was spent on or came from.
en: Item
zh: 费用项目 — 费用或收入的项目
ru: Статья — на что потрачено или откуда получено
unit: text
values: warehousing = storage, warehouse, 仓储, 仓库费, 仓储费, склад, хранение, складские расходы; transport = delivery, freight, 运输, 运费, 配送, транспорт, доставка, перевозка; people = wages, salaries, staff, 人工, 工资, 人员, персонал, зарплата, оплата труда; office = administration, rent, 办公, 行政, 办公费, офис, административные, аренда офиса; marketing = advertising, promotion, 市场, 促销费, 广告, маркетинг, реклама, продвижение; bad_debt = bad debts, write-off, 坏账, 呆坏账, безнадёжные долги, списание долгов; other = other costs, sundry, 其他, 其它, 其他费用, прочее, прочие, прочие расходы; tax = taxes, income tax, 税, 税费, 所得税, налог, налоги; rebate = rebates, bonus, 返利, 返点, ретробонус, бонус, ретро-бонус; other_income = other revenue, sundry income, 其他收入, 营业外收入, прочий доход, прочие доходы
headings: cost item; expense item; expense; cost type; account; 项目; 科目; 费用科目; 费用类别; Статья расходов; Статья затрат; Вид расходов; Вид затрат';

comment on column dealer_costs.supplier is
'Whether it concerns our brands or those of others.
en: Supplier
zh: 品牌归属 — 属于本公司品牌或其他品牌
ru: Чьи бренды — относится к нашим или чужим брендам
unit: text
values: own = ours, our brands, 自有, 本公司, 我方, 本品, наши, наш, свой, свои; other = others, other brands, 其他, 他牌, 竞品, чужие, прочие, другие
headings: brand; brands; own or other; whose brand; 供应商; 品牌; 所属品牌; Поставщик; Бренд; Свой или чужой';

comment on column dealer_costs.amount is
'Amount, net of VAT, positive; a rebate and other income add to the dealer''s profit, the rest is taken off it.
en: Amount
zh: 金额 — 不含税金额，均为正数；返利和其他收入增加利润，其余项目减少利润
ru: Сумма — сумма без НДС с плюсом; ретробонус и прочие доходы увеличивают прибыль дилера, остальное уменьшает
unit: money
headings: value; cost; cost amount; net amount; 费用金额; 发生额; 金额合计; 无税金额; Сумма расходов; Сумма затрат; Сумма без НДС; Стоимость';

comment on column dealer_costs.controllable is
'Whether the dealer can influence it.
en: Controllable
zh: 是否可控 — 经销商能否控制该项费用
ru: Управляемый — может ли дилер на это влиять
unit: flag
headings: is controllable; can be influenced; controllable cost; 可控; 可控费用; 可控性; Контролируемый; Управляемые; Подконтрольный';
