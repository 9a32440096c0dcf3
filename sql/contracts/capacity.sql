-- How much of each resource is available in a month.
create table capacity (
    month date not null,
    resource_id varchar not null,
    available double not null check (available >= 0),
    overtime_available double check (overtime_available >= 0),
    subcontract_available double check (subcontract_available >= 0)
);

comment on table capacity is
'How much of each resource is available in a month.
en: Capacity
zh: 生产能力 — 各资源各月可用的能力。
ru: Мощности — сколько каждого ресурса доступно за месяц.
group: supply
key: month, resource_id
dated by: month
names: capacity; capacities; available capacity; 生产能力; 产能; 能力; 可用产能; Мощности; Мощность; Доступность ресурсов; Фонд времени';

comment on column capacity.month is
'The month, by its first day.
en: Month
zh: 月份 — 所属月份，以当月第一天表示
ru: Месяц — месяц, обозначенный первым днём
unit: month
headings: period; year month; 月度; 年月; 期间; 会计期间; 所属期间; Период; Отчётный месяц; Месяц и год';

comment on column capacity.resource_id is
'Code of the resource.
en: Resource
zh: 资源编码 — 资源的编码
ru: Код ресурса — код ресурса
unit: code
references: resources.resource_id
headings: resource; resource code; work centre; work center; machine; 资源; 工作中心; 工作中心编码; 设备编码; Ресурс; Рабочий центр; Вид рабочего центра; Оборудование';

comment on column capacity.available is
'What is available in normal time.
en: Available
zh: 可用能力 — 正常时间内可用的能力
ru: Доступно — доступно в обычное время
unit: resource
headings: available capacity; capacity; normal capacity; regular capacity; hours available; 可用产能; 正常能力; 产能; 可用工时; Мощность; Доступная мощность; Фонд времени; Доступно часов';

comment on column capacity.overtime_available is
'What overtime can add.
en: Overtime available
zh: 加班能力 — 加班可增加的能力
ru: Доступно сверхурочно — что могут добавить сверхурочные
unit: resource
headings: overtime; overtime capacity; overtime hours; 可加班能力; 加班产能; 加班工时; Сверхурочные; Сверхурочная мощность; Сверхурочные часы';

comment on column capacity.subcontract_available is
'What subcontractors can add.
en: Subcontracting available
zh: 外协能力 — 外协可增加的能力
ru: Доступно у субподрядчиков — что могут добавить субподрядчики
unit: resource
headings: subcontracting; subcontract capacity; outside capacity; 外协产能; 外包能力; 委外能力; Субподряд; Мощность субподряда; Сторонняя мощность';
