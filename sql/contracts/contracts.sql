-- What was agreed with dealers by contract, month and product or line.
create table contracts (
    contract_id varchar not null,
    sku varchar,
    line_id varchar,
    month date not null,
    dealer_id varchar not null,
    kind varchar not null check (kind in ('small', 'large')),
    agreed_qty double not null,
    delivered_qty double
);

comment on table contracts is
'What was agreed with dealers by contract, month and product or line.
en: Contracts
zh: 销售合同 — 与经销商按合同约定的各月数量，按产品或产品线分行。
ru: Договоры — о чём договорились с дилерами по месяцам, по товарам или линиям.
group: demand
key: contract_id, sku, line_id, month
dated by: month
names: contracts; sales contracts; agreements; contract schedule; 销售合同; 合同; 合同明细; 合同台账; Договоры; Контракты; Договора; График по договорам';

comment on column contracts.contract_id is
'Number of the contract.
en: Contract
zh: 合同号 — 合同的号码
ru: Номер договора — номер договора
unit: code
headings: contract no; contract number; agreement; agreement no; 合同编号; 合同编码; 协议号; 合同; Договор; Контракт; Номер контракта; Код договора';

comment on column contracts.sku is
'Code of the product.
en: SKU
zh: 产品编码 — 产品的编码
ru: Артикул — код товара
unit: code
references: products.sku
one of: what
headings: item code; item no; item number; product code; product no; product number; product id; part number; article; article number; stock code; product; item; 存货编码; 存货代码; 存货编号; 产品代码; 产品编号; 商品编码; 商品代码; 商品编号; 物料编码; 物料代码; 物料编号; 货号; 品号; 料号; Код номенклатуры; Номенклатура.Код; Номенклатура.Артикул; Код товара; Код продукции; Код изделия; Номенклатура; Товар';

comment on column contracts.line_id is
'Code of the product line.
en: Line
zh: 产品线编码 — 产品线的编码
ru: Код линии — код товарной линии
unit: code
one of: what
headings: line code; product line; product line code; line no; series; 产品线; 产品线代码; 产品系列; 系列; 系列编码; 产品系列编码; Линия; Товарная линия; Продуктовая линия; Линейка; Код товарной линии; Код линейки';

comment on column contracts.month is
'Month for which the quantity was agreed.
en: Month
zh: 月份 — 约定数量所属的月份
ru: Месяц — месяц, на который согласовано количество
unit: month
headings: period; year month; 月度; 年月; 期间; 会计期间; 所属期间; Период; Отчётный месяц; Месяц и год; delivery month; 交货月份; Месяц поставки';

comment on column contracts.dealer_id is
'Dealer who signed.
en: Dealer
zh: 经销商编码 — 签约经销商
ru: Код дилера — дилер, подписавший договор
unit: code
references: dealers.dealer_id
headings: dealer code; dealer no; dealer id; customer code; customer no; customer number; customer id; customer; reseller; distributor; distributor code; 经销商代码; 经销商编号; 客户编码; 客户代码; 客户编号; 客户号; 往来单位编码; 购货单位编码; 购货单位; 代理商编码; 经销商; 客户; Дилер; Код контрагента; Код клиента; Код покупателя; Код дистрибьютора; Контрагент; Покупатель; Клиент; Дистрибьютор';

comment on column contracts.kind is
'Small or large contract.
en: Kind
zh: 合同类型 — 小合同或大合同
ru: Вид договора — мелкий или крупный
unit: text
values: small = minor, retail, 小, 小合同, 零星, мелкий, малый, небольшой; large = big, major, key, 大, 大合同, 大单, крупный, большой
headings: type; contract type; size; contract kind; 类型; 合同规模; 合同类别; Тип; Вид; Тип договора; Размер договора';

comment on column contracts.agreed_qty is
'Quantity agreed for the month.
en: Agreed quantity
zh: 约定数量 — 当月约定的数量
ru: Согласованное количество — количество, согласованное на месяц
unit: qty
headings: contract quantity; agreed; quantity; qty; contracted quantity; 合同数量; 协议数量; 签约数量; 数量; Количество по договору; Количество; Кол-во; Согласовано';

comment on column contracts.delivered_qty is
'Quantity delivered under it so far.
en: Delivered quantity
zh: 已交付数量 — 至今已交付的数量
ru: Поставленное количество — поставлено на сегодня
unit: qty
headings: delivered; executed quantity; shipped quantity; 已执行数量; 累计执行数量; 已发货数量; 已交货数量; Поставлено; Выполнено; Отгружено';
