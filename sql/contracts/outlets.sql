-- Points of sale that dealers serve.
create table outlets (
    outlet_id varchar not null,
    dealer_id varchar not null,
    channel varchar not null,
    outlet_class varchar,
    monthly_cases double,
    latitude double check (latitude between -90 and 90),
    longitude double check (longitude between -180 and 180),
    opened_on date
);

comment on table outlets is
'Points of sale that dealers serve.
en: Outlets
zh: 终端网点 — 经销商供货的终端售点。
ru: Торговые точки — точки продаж, которые обслуживают дилеры.
group: parties
key: outlet_id
names: outlets; outlet; points of sale; poc; shops; retailers; 终端网点; 网点; 终端档案; 门店; 售点; 终端客户; Торговые точки; Точки продаж; Магазины; Розничные точки';

comment on column outlets.outlet_id is
'Code of the outlet.
en: Outlet
zh: 网点编码 — 网点的编码
ru: Код торговой точки — код торговой точки
unit: code
headings: outlet code; outlet no; outlet number; point of sale; pos; shop code; store code; 网点代码; 终端编码; 终端代码; 门店编码; 售点编码; 编码; Торговая точка; Код точки; Номер точки; Код магазина; Код';

comment on column outlets.dealer_id is
'Dealer who serves the outlet.
en: Dealer
zh: 经销商编码 — 为该网点供货的经销商
ru: Код дилера — дилер, который обслуживает точку
unit: code
references: dealers.dealer_id
headings: dealer code; dealer no; dealer id; customer code; customer no; customer number; customer id; customer; reseller; distributor; distributor code; 经销商代码; 经销商编号; 客户编码; 客户代码; 客户编号; 客户号; 往来单位编码; 购货单位编码; 购货单位; 代理商编码; 经销商; 客户; Дилер; Код контрагента; Код клиента; Код покупателя; Код дистрибьютора; Контрагент; Покупатель; Клиент; Дистрибьютор';

comment on column outlets.channel is
'Channel of the outlet, such as supermarket, restaurant, night club.
en: Channel
zh: 渠道 — 网点所属渠道，例如商超、餐饮、夜场
ru: Канал сбыта — канал точки: супермаркет, ресторан, ночной клуб
unit: text
headings: sales channel; trade channel; business type; 销售渠道; 渠道类型; 渠道名称; 渠道分类; Канал; Канал продаж; Тип канала; Бизнес-канал';

comment on column outlets.outlet_class is
'Class of the outlet by its size, such as A, B, C, D.
en: Class
zh: 网点等级 — 按规模划分的网点等级
ru: Класс точки — класс точки по размеру
unit: text
headings: outlet class; class of outlet; grade; outlet grade; 终端等级; 等级; 网点级别; 门店等级; Категория точки; Класс; Категория; Ранг точки';

comment on column outlets.monthly_cases is
'Cases that the outlet sells in a month.
en: Cases a month
zh: 月销箱数 — 网点每月销售的箱数
ru: Коробов в месяц — сколько коробов точка продаёт за месяц
unit: qty
headings: monthly cases; monthly volume; cases per month; volume; 月均箱数; 月销量; 月均销量; 月箱数; Ящиков в месяц; Объём в месяц; Продажи в месяц';

comment on column outlets.latitude is
'Latitude, north positive.
en: Latitude
zh: 纬度 — 纬度，北纬为正
ru: Широта — широта, северная положительна
unit: degrees
headings: lat; 北纬; 纬度坐标; 地理纬度; Географическая широта; Координата широты';

comment on column outlets.longitude is
'Longitude, east positive.
en: Longitude
zh: 经度 — 经度，东经为正
ru: Долгота — долгота, восточная положительна
unit: degrees
headings: lon; lng; long; 东经; 经度坐标; 地理经度; Географическая долгота; Координата долготы';

comment on column outlets.opened_on is
'Day since which the outlet has been supplied.
en: Opened on
zh: 开户日期 — 网点开始供货的日期
ru: Дата открытия — день, с которого точка обслуживается
unit: day
headings: open date; opening date; start date; since; 开店日期; 建档日期; 开发日期; 启用日期; Открыта; Дата начала; Дата подключения';
