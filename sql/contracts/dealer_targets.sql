-- What each dealer should reach in a month, by measure.
create table dealer_targets (
    dealer_id varchar not null,
    month date not null,
    measure varchar not null,
    target double not null
);

comment on table dealer_targets is
'What each dealer should reach in a month, by measure.
en: Dealer targets
zh: 经销商目标 — 各经销商各月应达到的目标，按指标分行。
ru: Цели дилеров — чего дилер должен достичь за месяц, по показателям.
group: demand
key: dealer_id, month, measure
dated by: month
names: dealer_targets; dealer targets; targets; quotas; 经销商目标; 目标; 任务量; 销售任务; 指标; Цели дилеров; Цели; Планы дилеров; Квоты; Задания';

comment on column dealer_targets.dealer_id is
'Code of the dealer.
en: Dealer
zh: 经销商编码 — 经销商的编码
ru: Код дилера — код дилера
unit: code
references: dealers.dealer_id
headings: dealer code; dealer no; dealer id; customer code; customer no; customer number; customer id; customer; reseller; distributor; distributor code; 经销商代码; 经销商编号; 客户编码; 客户代码; 客户编号; 客户号; 往来单位编码; 购货单位编码; 购货单位; 代理商编码; 经销商; 客户; Дилер; Код контрагента; Код клиента; Код покупателя; Код дистрибьютора; Контрагент; Покупатель; Клиент; Дистрибьютор';

comment on column dealer_targets.month is
'The month, by its first day.
en: Month
zh: 月份 — 所属月份，以当月第一天表示
ru: Месяц — месяц, обозначенный первым днём
unit: month
headings: period; year month; 月度; 年月; 期间; 会计期间; 所属期间; Период; Отчётный месяц; Месяц и год';

comment on column dealer_targets.measure is
'What is measured, such as net sales, quantity, outlets.
en: Measure
zh: 指标 — 衡量的内容，例如销售额、数量、网点数
ru: Показатель — что измеряется: продажи, количество, точки
unit: text
headings: kpi; metric; indicator; target type; 指标名称; 考核指标; 目标类型; 考核项目; Наименование показателя; Вид показателя; Метрика';

comment on column dealer_targets.target is
'Value to be reached, in the measure''s own unit.
en: Target
zh: 目标值 — 应达到的数值，单位随指标
ru: Цель — значение, которого надо достичь, в единицах показателя
unit: measure
headings: target value; goal; quota; plan; 目标; 任务; 计划值; 任务量; 指标值; Целевое значение; План; Плановое значение; Задание';
