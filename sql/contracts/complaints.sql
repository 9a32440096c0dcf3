-- Complaints about products after sale, and what came of them.
create table complaints (
    complaint_id varchar not null,
    reported_on date not null,
    batch_id varchar,
    sku varchar not null,
    material_id varchar,
    kind varchar not null,
    qty double,
    dealer_id varchar,
    supplier varchar,
    result varchar,
    closed_on date
);

comment on table complaints is
'Complaints about products after sale, and what came of them.
en: Complaints
zh: 售后投诉 — 产品售后投诉及处理结果。
ru: Рекламации — жалобы на товар после продажи и чем они кончились.
group: control
key: complaint_id
dated by: reported_on
names: complaints; after-sales complaints; claims; quality complaints; 售后投诉; 质量投诉; 客户投诉; 客诉; Рекламации; Жалобы; Претензии по качеству';

comment on column complaints.complaint_id is
'Number of the complaint.
en: Complaint
zh: 投诉编号 — 投诉的编号
ru: Номер рекламации — номер рекламации
unit: code
headings: complaint no; complaint number; claim no; case no; case; 投诉单号; 客诉单号; 单据编号; 编号; Номер жалобы; Рекламация; Номер претензии; Номер';

comment on column complaints.reported_on is
'Day on which it was reported.
en: Reported on
zh: 投诉日期 — 投诉的日期
ru: Дата обращения — день обращения
unit: day
month: last day
headings: report date; complaint date; date; received on; 受理日期; 反馈日期; 单据日期; 日期; Дата рекламации; Дата жалобы; Дата';

comment on column complaints.batch_id is
'Batch number.
en: Batch
zh: 批号 — 生产批号
ru: Номер партии — номер партии или серии
unit: code
headings: batch no; batch number; batch code; production batch; lot; lot no; lot number; 批次; 批次号; 批次编号; 产品批号; 生产批号; Партия; Код партии; Серия; Номер серии; Серия номенклатуры';

comment on column complaints.sku is
'Code of the product.
en: SKU
zh: 产品编码 — 产品的编码
ru: Артикул — код товара
unit: code
references: products.sku
headings: item code; item no; item number; product code; product no; product number; product id; part number; article; article number; stock code; product; item; 存货编码; 存货代码; 存货编号; 产品代码; 产品编号; 商品编码; 商品代码; 商品编号; 货号; 品号; Код номенклатуры; Номенклатура.Код; Номенклатура.Артикул; Код товара; Код продукции; Код изделия; Номенклатура; Товар';

comment on column complaints.material_id is
'Material that is at fault.
en: Material
zh: 物料编码 — 有问题的物料
ru: Код материала — материал, из-за которого жалоба
unit: code
references: materials.material_id
headings: material code; material no; material number; component; component code; component no; raw material; 物料代码; 物料编号; 材料编码; 材料代码; 材料编号; 原料编码; 原材料编码; 子件编码; 子项物料编码; Материал; Код сырья; Сырьё; Код компонента; Компонент; Комплектующая';

comment on column complaints.kind is
'What is complained about, such as taste, packing, leakage.
en: Kind
zh: 投诉类型 — 投诉的内容，例如口感、包装、渗漏
ru: Вид жалобы — на что жалуются: вкус, упаковка, протечка
unit: text
headings: type; complaint type; defect; kind of complaint; defect type; 类型; 投诉内容; 问题类型; 缺陷类型; Тип; Вид; Вид дефекта; Тип жалобы; Дефект';

comment on column complaints.qty is
'Quantity complained about.
en: Quantity
zh: 数量 — 投诉涉及的数量
ru: Количество — количество, на которое жалуются
unit: qty
headings: quantity; pieces; units; qty pcs; volume; 主数量; 件数; 基本单位数量; Кол-во; Количество в базовых единицах; Объём; complaint quantity; 投诉数量; 涉及数量; Количество по рекламации';

comment on column complaints.dealer_id is
'Dealer through whom it came.
en: Dealer
zh: 经销商编码 — 转来投诉的经销商
ru: Код дилера — дилер, через которого пришла жалоба
unit: code
references: dealers.dealer_id
headings: dealer code; dealer no; dealer id; customer code; customer no; customer number; customer id; customer; reseller; distributor; distributor code; 经销商代码; 经销商编号; 客户编码; 客户代码; 客户编号; 客户号; 往来单位编码; 购货单位编码; 购货单位; 代理商编码; 经销商; 客户; Дилер; Код контрагента; Код клиента; Код покупателя; Код дистрибьютора; Контрагент; Покупатель; Клиент; Дистрибьютор';

comment on column complaints.supplier is
'Supplier of the material at fault.
en: Supplier
zh: 供应商 — 问题物料的供应商
ru: Поставщик — поставщик материала
unit: text
headings: vendor; supplier name; vendor name; supplier code; 供应商名称; 供应商编码; 供货单位; 供货商; Поставщик материала; Наименование поставщика; Код поставщика';

comment on column complaints.result is
'How it was settled.
en: Result
zh: 处理结果 — 投诉的处理结果
ru: Результат — чем кончилось
unit: text
headings: outcome; resolution; settlement; action taken; 结果; 处理意见; 解决方案; Решение; Итог; Результат рассмотрения';

comment on column complaints.closed_on is
'Day on which it was settled.
en: Closed on
zh: 结案日期 — 处理完毕的日期
ru: Дата закрытия — день закрытия
unit: day
month: last day
headings: close date; closing date; settled on; resolved on; 关闭日期; 办结日期; 完成日期; Закрыта; Дата решения; Дата завершения';
