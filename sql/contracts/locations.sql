-- Places where stock lies: plants, branches, dealers, customers.
create table locations (
    location_id varchar not null,
    location_name varchar not null,
    kind varchar not null check (kind in ('plant', 'branch', 'dealer', 'customer')),
    dealer_id varchar,
    region varchar
);

comment on table locations is
'Places where stock lies: plants, branches, dealers, customers.
en: Locations
zh: 仓库档案 — 存放库存的地点：工厂、分公司、经销商、客户。
ru: Склады — места, где лежит запас: заводы, филиалы, дилеры, клиенты.
group: parties
key: location_id
names: locations; warehouses; sites; depots; location master; 仓库档案; 仓库; 仓库资料; 仓库列表; 库房; Склады; Места хранения; Справочник складов; Перечень складов';

comment on column locations.location_id is
'Code of the warehouse or place.
en: Location
zh: 仓库编码 — 仓库或存放地点的编码
ru: Код склада — код склада или места хранения
unit: code
headings: location code; location no; warehouse; warehouse code; warehouse no; site; depot; store; 仓库代码; 仓库编号; 库房编码; 仓库; 库房; 存放地点; 库位编码; Склад; Код места хранения; Место хранения; Складская территория; Номер склада; code; Код';

comment on column locations.location_name is
'Name of the place.
en: Location name
zh: 仓库名称 — 仓库或地点的名称
ru: Название склада — название склада или места
unit: text
headings: name; warehouse name; site name; depot name; 库房名称; 地点名称; 名称; Наименование; Наименование склада; Название; Название места хранения';

comment on column locations.kind is
'Whose place it is.
en: Kind
zh: 仓库类型 — 仓库归属：工厂、分公司、经销商或客户
ru: Вид склада — чей это склад
unit: text
values: plant = factory, works, central warehouse, 工厂, 总仓, 成品库, 厂部, завод, фабрика, центральный склад; branch = subsidiary, regional warehouse, own branch, 分公司, 分库, 区域仓, 办事处, филиал, региональный склад, представительство; dealer = distributor, reseller, 经销商, 代理商, 经销商仓库, дилер, склад дилера, дистрибьютор; customer = client, end customer, 客户, 终端客户, 寄售, клиент, покупатель, склад клиента
headings: type; location type; location kind; warehouse type; site type; 类型; 仓库属性; 仓库类别; 仓库性质; Тип; Вид; Тип склада; Вид места хранения';

comment on column locations.dealer_id is
'Dealer to whom the place belongs.
en: Dealer
zh: 经销商编码 — 仓库所属的经销商
ru: Код дилера — дилер, которому принадлежит склад
unit: code
references: dealers.dealer_id
headings: dealer code; dealer no; dealer id; customer code; customer no; customer number; customer id; customer; reseller; distributor; distributor code; 经销商代码; 经销商编号; 客户编码; 客户代码; 客户编号; 客户号; 往来单位编码; 购货单位编码; 购货单位; 代理商编码; 经销商; 客户; Дилер; Код контрагента; Код клиента; Код покупателя; Код дистрибьютора; Контрагент; Покупатель; Клиент; Дистрибьютор';

comment on column locations.region is
'Region in which the place lies.
en: Region
zh: 区域 — 仓库所在的区域
ru: Регион — регион, в котором находится склад
unit: text
headings: sales region; area; zone; 大区; 销售区域; 地区; 销售大区; 省区; Область; Регион сбыта; Регион продаж; Бизнес-регион';
