-- Money and hours of marketing by month and sphere.
create table marketing_budget (
    month date not null,
    sphere varchar not null,
    budget double not null,
    other_spend double,
    hours_a double check (hours_a >= 0),
    hours_new double check (hours_new >= 0),
    hours_other double check (hours_other >= 0)
);

comment on table marketing_budget is
'Money and hours of marketing by month and sphere.
en: Marketing budget
zh: 市场费用预算 — 各月各业务板块的市场费用和工时。
ru: Бюджет маркетинга — деньги и часы маркетинга по месяцам и сферам.
group: market
key: month, sphere
dated by: month
names: marketing_budget; marketing budget; marketing spend; marketing plan; 市场费用预算; 市场预算; 营销预算; 营销费用; Бюджет маркетинга; Маркетинговый бюджет; Расходы на маркетинг';

comment on column marketing_budget.month is
'The month, by its first day.
en: Month
zh: 月份 — 所属月份，以当月第一天表示
ru: Месяц — месяц, обозначенный первым днём
unit: month
headings: period; year month; 月度; 年月; 期间; 会计期间; 所属期间; Период; Отчётный месяц; Месяц и год';

comment on column marketing_budget.sphere is
'Business sphere: the uppermost level of the product tree.
en: Sphere
zh: 业务板块 — 产品结构的最上一级
ru: Сфера — верхний уровень дерева товаров
unit: text
headings: business sphere; category; product category; business; 板块; 业务领域; 产品大类; 大类; 品类; Сфера бизнеса; Бизнес-сфера; Товарная категория; Категория';

comment on column marketing_budget.budget is
'Marketing budget of the month.
en: Budget
zh: 预算 — 当月市场费用预算
ru: Бюджет — бюджет маркетинга на месяц
unit: money
headings: marketing budget; planned spend; plan; budget amount; 预算金额; 市场预算; 费用预算; 计划费用; Сумма бюджета; План; Бюджет маркетинга; Плановые расходы';

comment on column marketing_budget.other_spend is
'Money spent otherwise than on promotions of lines.
en: Other spend
zh: 其他费用 — 产品线促销以外的费用
ru: Прочие расходы — расходы не на акции по линиям
unit: money
headings: other spending; other cost; spend; actual spend; 其他支出; 其他投入; 非促销费用; Другие расходы; Расходы; Иные расходы; Прочие затраты';

comment on column marketing_budget.hours_a is
'Working hours spent on lines of class A.
en: Hours on class A
zh: 甲类产品线工时 — 用于甲类产品线的工时
ru: Часы на класс А — рабочие часы на линии класса А
unit: hours
headings: hours a; hours on a; a hours; a class hours; A类工时; A类产品工时; 重点产品工时; Часы по классу А; Часы А; Время на класс А';

comment on column marketing_budget.hours_new is
'Working hours spent on new lines.
en: Hours on new lines
zh: 新品工时 — 用于新产品线的工时
ru: Часы на новинки — рабочие часы на новые линии
unit: hours
headings: hours new; new hours; hours on new products; launch hours; 新产品工时; 新品投入工时; 上市工时; Часы по новинкам; Часы новинки; Время на новинки';

comment on column marketing_budget.hours_other is
'Working hours spent on everything else.
en: Other hours
zh: 其他工时 — 用于其他方面的工时
ru: Прочие часы — рабочие часы на всё остальное
unit: hours
headings: hours other; hours on other; remaining hours; 其余工时; 其他产品工时; Остальные часы; Часы прочие; Другие часы';
