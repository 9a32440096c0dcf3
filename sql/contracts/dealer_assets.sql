-- What money a dealer has tied up besides stock, at the month's end.
create table dealer_assets (
    dealer_id varchar not null,
    month date not null,
    receivables double,
    claims double,
    fixed_assets double
);

comment on table dealer_assets is
'What money a dealer has tied up besides stock, at the month''s end.
en: Dealer assets
zh: 经销商资产 — 除库存外经销商占用的资金（月末）。
ru: Активы дилеров — какие деньги дилера связаны помимо запаса, на конец месяца.
group: money
key: dealer_id, month
dated by: month
reported: steadily
names: dealer_assets; dealer assets; dealer capital; 经销商资产; 资金占用; 经销商资金; Активы дилеров; Капитал дилеров; Активы';

comment on column dealer_assets.dealer_id is
'Code of the dealer.
en: Dealer
zh: 经销商编码 — 经销商的编码
ru: Код дилера — код дилера
unit: code
references: dealers.dealer_id
headings: dealer code; dealer no; dealer id; customer code; customer no; customer number; customer id; customer; reseller; distributor; distributor code; 经销商代码; 经销商编号; 客户编码; 客户代码; 客户编号; 客户号; 往来单位编码; 购货单位编码; 购货单位; 代理商编码; 经销商; 客户; Дилер; Код контрагента; Код клиента; Код покупателя; Код дистрибьютора; Контрагент; Покупатель; Клиент; Дистрибьютор';

comment on column dealer_assets.month is
'The month, by its first day.
en: Month
zh: 月份 — 所属月份，以当月第一天表示
ru: Месяц — месяц, обозначенный первым днём
unit: month
headings: period; year month; 月度; 年月; 期间; 会计期间; 所属期间; Период; Отчётный месяц; Месяц и год';

comment on column dealer_assets.receivables is
'What the market owes the dealer.
en: Receivables
zh: 应收账款 — 市场欠经销商的款项
ru: Дебиторская задолженность — сколько рынок должен дилеру
unit: money
headings: market credit; debtors; accounts receivable; customer credit; 应收款; 市场欠款; 赊销余额; Дебиторка; Долги покупателей; Задолженность покупателей';

comment on column dealer_assets.claims is
'What the dealer has claimed from suppliers and not yet received.
en: Claims
zh: 待兑付费用 — 经销商已垫付待厂家兑付的款项
ru: Требования к поставщикам — что поставщики ещё должны дилеру
unit: money
headings: claims on suppliers; supplier claims; open claims; unpaid claims; 待报销费用; 垫付款; 未兑付返利; Претензии; Компенсации к получению; Задолженность поставщиков';

comment on column dealer_assets.fixed_assets is
'Vehicles, equipment and other fixed assets, net of depreciation.
en: Fixed assets
zh: 固定资产 — 车辆、设备等固定资产净值
ru: Основные средства — машины, оборудование и прочее за вычетом износа
unit: money
headings: net fixed assets; vehicles and equipment; fixed capital; 固定资产净值; 固定资产净额; 设备车辆; Внеоборотные активы; Машины и оборудование; Остаточная стоимость';
