-- The dealers who buy from us, and those who may become dealers.
create table dealers (
    dealer_id varchar not null,
    dealer_name varchar not null,
    parent_dealer_id varchar,
    region varchar,
    city varchar,
    city_tier varchar,
    territory varchar,
    business_unit varchar,
    channel varchar,
    sales_rep varchar,
    started_on date,
    ended_on date,
    status varchar check (status in ('active', 'candidate', 'ended')),
    consents_to_data boolean,
    scale double check (scale between 0 and 100),
    coverage double check (coverage between 0 and 100),
    finance double check (finance between 0 and 100),
    willingness double check (willingness between 0 and 100),
    sphere varchar
);

comment on table dealers is
'The dealers who buy from us, and those who may become dealers.
en: Dealers
zh: 经销商档案 — 向我们进货的经销商，以及候选经销商。
ru: Дилеры — дилеры, которые у нас покупают, и кандидаты в дилеры.
group: parties
key: dealer_id
newest by: started_on
names: dealers; customers; resellers; distributors; dealer master; customer master; 经销商档案; 经销商; 客户档案; 客户资料; 经销商名录; Дилеры; Контрагенты; Клиенты; Покупатели; Дистрибьюторы';

comment on column dealers.dealer_id is
'Code of the dealer.
en: Dealer
zh: 经销商编码 — 经销商的编码
ru: Код дилера — код дилера
unit: code
headings: dealer code; dealer no; dealer id; customer code; customer no; customer number; customer id; customer; reseller; distributor; distributor code; 经销商代码; 经销商编号; 客户编码; 客户代码; 客户编号; 客户号; 往来单位编码; 购货单位编码; 购货单位; 代理商编码; 经销商; 客户; Дилер; Код контрагента; Код клиента; Код покупателя; Код дистрибьютора; Контрагент; Покупатель; Клиент; Дистрибьютор; code; Код';

comment on column dealers.dealer_name is
'Name of the dealer.
en: Dealer name
zh: 经销商名称 — 经销商的名称
ru: Название дилера — название дилера
unit: text
headings: name; customer name; company name; reseller name; 客户名称; 单位名称; 客户全称; 公司名称; 名称; Наименование; Наименование контрагента; Название; Наименование дилера; Наименование клиента; Полное наименование';

comment on column dealers.parent_dealer_id is
'Dealer to whom this one belongs.
en: Parent dealer
zh: 上级经销商编码 — 该经销商所属的上级经销商
ru: Головной дилер — дилер, которому подчинён этот
unit: code
headings: parent; parent customer; head office; parent dealer code; group customer; 上级客户编码; 上级经销商; 总代理编码; 母公司编码; Вышестоящий дилер; Головной контрагент; Головная организация; Код головного дилера';

comment on column dealers.region is
'Region in which the dealer works.
en: Region
zh: 区域 — 经销商所在的销售区域
ru: Регион — регион, в котором работает дилер
unit: text
headings: sales region; area; zone; 大区; 销售区域; 地区; 销售大区; 省区; Область; Регион сбыта; Регион продаж; Бизнес-регион';

comment on column dealers.city is
'City in which the dealer is seated.
en: City
zh: 城市 — 经销商所在的城市
ru: Город — город, в котором находится дилер
unit: text
headings: town; city name; 市; 城市名称; 所在城市; 地市; Населённый пункт; Название города';

comment on column dealers.city_tier is
'Tier of the city, such as 1, 2, 3.
en: City tier
zh: 城市级别 — 城市的级别，例如一线、二线、三线
ru: Категория города — категория города, например 1, 2, 3
unit: text
headings: tier; tier of city; city class; 城市等级; 城市层级; 城市线级; Класс города; Уровень города; Тип города';

comment on column dealers.territory is
'Territory in which the dealer may sell.
en: Territory
zh: 授权区域 — 经销商被授权销售的区域
ru: Территория — территория, на которой дилер вправе продавать
unit: text
headings: dealer territory; sales territory; assigned territory; 授权销售区域; 经销区域; 销售范围; 经销地域; Закреплённая территория; Территория сбыта; Зона ответственности';

comment on column dealers.business_unit is
'Our unit that looks after the dealer.
en: Business unit
zh: 业务单元 — 负责该经销商的本公司部门
ru: Подразделение — наше подразделение, которое ведёт дилера
unit: text
headings: unit; division; department; bu; 事业部; 部门; 分管部门; 销售部门; 业务部门; Бизнес-единица; Отдел; Дивизион; Филиал';

comment on column dealers.channel is
'Channel that the dealer serves.
en: Channel
zh: 渠道 — 经销商服务的销售渠道
ru: Канал сбыта — канал, который обслуживает дилер
unit: text
headings: sales channel; trade channel; business type; 销售渠道; 渠道类型; 渠道名称; 渠道分类; Канал; Канал продаж; Тип канала; Бизнес-канал';

comment on column dealers.sales_rep is
'Who looks after the dealer.
en: Sales representative
zh: 业务员 — 负责该客户的销售人员
ru: Торговый представитель — кто ведёт клиента
unit: text
headings: sales rep; representative; salesperson; salesman; account manager; rep; 销售员; 业务代表; 销售代表; 销售人员; 客户经理; Менеджер по продажам; Менеджер; Представитель; Ответственный менеджер; Торговый агент';

comment on column dealers.started_on is
'Day on which we began to work together.
en: Started on
zh: 合作开始日期 — 开始合作的日期
ru: Дата начала работы — день начала сотрудничества
unit: day
headings: start date; since; first order date; cooperation start; 建档日期; 开户日期; 合作日期; 发展日期; Начало сотрудничества; Дата начала; Работаем с; Дата заключения договора';

comment on column dealers.ended_on is
'Day on which we ceased to work together.
en: Ended on
zh: 合作终止日期 — 终止合作的日期
ru: Дата окончания работы — день окончания сотрудничества
unit: day
month: last day
headings: end date; closed on; cooperation end; 终止日期; 停用日期; 解约日期; Окончание сотрудничества; Дата окончания; Дата расторжения договора';

comment on column dealers.status is
'Whether the dealer is active, a candidate or gone.
en: Status
zh: 状态 — 正常合作、候选或已终止
ru: Статус — работает, кандидат или ушёл
unit: text
values: active = current, open, 正常, 合作中, 有效, 在营, действующий, активный, работает; candidate = prospect, applicant, 候选, 意向, 潜在, 洽谈中, кандидат, потенциальный; ended = closed, inactive, former, 终止, 已终止, 停用, 解约, закрыт, бывший, прекращён, ушёл
headings: state; current status; 当前状态; 业务状态; 状态名称; Состояние; Текущий статус; 客户状态; 合作状态; Статус дилера';

comment on column dealers.consents_to_data is
'Whether the dealer agreed to share stock and sales with us.
en: Consents to data
zh: 是否同意共享数据 — 经销商是否同意向我们提供库存和销售数据
ru: Согласие на обмен данными — согласен ли дилер передавать остатки и продажи
unit: flag
headings: data consent; consent; shares data; 数据授权; 是否授权数据; 同意共享数据; Согласие; Согласие на данные; Передаёт данные';

comment on column dealers.scale is
'Admission score for size, 0 to 100.
en: Scale
zh: 规模得分 — 准入评估的规模得分，0 至 100
ru: Оценка масштаба — балл за масштаб при отборе, от 0 до 100
unit: points
headings: scale score; size score; 规模; 规模评分; 经营规模得分; Масштаб; Балл за масштаб; Размер бизнеса';

comment on column dealers.coverage is
'Admission score for coverage of outlets, 0 to 100.
en: Coverage
zh: 覆盖得分 — 准入评估的网点覆盖得分，0 至 100
ru: Оценка охвата — балл за охват точек при отборе, от 0 до 100
unit: points
headings: coverage score; distribution score; 覆盖; 覆盖评分; 网络覆盖得分; Охват; Балл за охват; Покрытие';

comment on column dealers.finance is
'Admission score for financial strength, 0 to 100.
en: Finance
zh: 资金得分 — 准入评估的资金实力得分，0 至 100
ru: Оценка финансов — балл за финансовую силу при отборе, от 0 до 100
unit: points
headings: finance score; financial score; 资金; 资金评分; 资金实力得分; 财务得分; Финансы; Балл за финансы; Финансовая устойчивость';

comment on column dealers.willingness is
'Admission score for willingness to work with us, 0 to 100.
en: Willingness
zh: 意愿得分 — 准入评估的合作意愿得分，0 至 100
ru: Оценка готовности — балл за готовность к сотрудничеству, от 0 до 100
unit: points
headings: willingness score; motivation score; 意愿; 意愿评分; 合作意愿得分; Готовность; Балл за готовность; Лояльность';

comment on column dealers.sphere is
'Business sphere to which what the dealer buys belongs, where a product stands in several.
en: Sphere
zh: 业务板块 — 该经销商采购所属的业务板块（产品属于多个板块时）
ru: Сфера — к какой сфере относится то, что покупает дилер, если товар стоит в нескольких
unit: text
headings: business sphere; sphere of the dealer; sphere of the customer; 所属板块; 客户板块; 业务领域; Сфера бизнеса; Сфера клиента; Бизнес-сфера';
