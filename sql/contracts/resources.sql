-- What limits production: lines, workers, tanks, tools.
create table resources (
    resource_id varchar not null,
    resource_name varchar not null,
    unit varchar not null,
    workers integer check (workers >= 0),
    hour_cost double,
    overtime_cost double,
    hire_cost double,
    layoff_cost double,
    subcontract_cost double
);

comment on table resources is
'What limits production: lines, workers, tanks, tools.
en: Resources
zh: 生产资源 — 制约生产的资源：产线、人员、罐容、设备。
ru: Ресурсы — что ограничивает производство: линии, люди, ёмкости, оборудование.
group: supply
key: resource_id
names: resources; work centres; work centers; machines; equipment; 生产资源; 资源; 工作中心; 设备; Ресурсы; Рабочие центры; Оборудование; Производственные ресурсы';

comment on column resources.resource_id is
'Code of the resource.
en: Resource
zh: 资源编码 — 资源的编码
ru: Код ресурса — код ресурса
unit: code
headings: resource code; resource no; work centre; work center; machine code; 资源代码; 工作中心编码; 工作中心代码; 设备编码; 编码; Код; Код рабочего центра; Код оборудования; Ресурс';

comment on column resources.resource_name is
'Name of the resource.
en: Resource name
zh: 资源名称 — 资源的名称
ru: Название ресурса — название ресурса
unit: text
headings: name; work centre name; work center name; machine; description; 工作中心名称; 设备名称; 名称; Наименование; Наименование ресурса; Название; Рабочий центр';

comment on column resources.unit is
'Unit in which its capacity is counted: hours, litres.
en: Unit
zh: 计量单位 — 能力的计量单位，例如小时、升
ru: Единица измерения — в чём измеряется мощность: часы, литры
unit: text
headings: uom; unit of measure; capacity unit; unit of capacity; 单位; 能力单位; 计量; Ед. изм.; Ед.; Единица; Единица мощности';

comment on column resources.workers is
'How many people work on it.
en: Workers
zh: 人数 — 在该资源上工作的人数
ru: Рабочих — сколько человек на нём работает
unit: count
headings: people; heads; number of workers; headcount; staff; 工人数; 人员数量; 定员; 操作人数; Численность; Количество рабочих; Число рабочих; Персонал';

comment on column resources.hour_cost is
'Cost of one hour (one unit of the resource) in normal time.
en: Cost per unit of capacity
zh: 正常单位成本 — 正常时间内每小时（每单位资源）的成本
ru: Стоимость часа — стоимость часа (единицы ресурса) в обычное время
unit: money_per_hour
headings: hour cost; hourly cost; cost per hour; rate; hourly rate; 小时成本; 工时费率; 每小时成本; 小时费率; Часовая ставка; Ставка; Себестоимость часа; Тариф';

comment on column resources.overtime_cost is
'Cost of one hour (one unit of the resource) in overtime.
en: Cost of overtime
zh: 加班单位成本 — 加班时每小时（每单位资源）的成本
ru: Стоимость сверхурочных — стоимость часа (единицы ресурса) сверхурочно
unit: money_per_hour
headings: overtime cost; overtime rate; cost of overtime hour; 加班成本; 加班费率; 加班小时成本; Сверхурочная ставка; Ставка сверхурочных; Час сверхурочно';

comment on column resources.hire_cost is
'Cost of taking on one person.
en: Cost of hiring
zh: 招聘成本 — 每招聘一人的成本
ru: Стоимость найма — стоимость найма одного человека
unit: money_per_head
headings: hire cost; hiring cost; cost per hire; 招工成本; 人均招聘成本; 招聘费用; Затраты на найм; Найм; Расходы на найм';

comment on column resources.layoff_cost is
'Cost of letting one person go.
en: Cost of layoff
zh: 裁员成本 — 每辞退一人的成本
ru: Стоимость увольнения — стоимость увольнения одного человека
unit: money_per_head
headings: layoff cost; lay-off cost; severance; cost per layoff; 辞退成本; 遣散费; 裁员费用; Затраты на увольнение; Увольнение; Выходное пособие';

comment on column resources.subcontract_cost is
'Cost of one hour (one unit of the resource) bought outside.
en: Cost of subcontracting
zh: 外协单位成本 — 外协每小时（每单位资源）的成本
ru: Стоимость субподряда — стоимость часа (единицы ресурса) на стороне
unit: money_per_hour
headings: subcontract cost; subcontracting cost; outsourcing cost; 外协成本; 外包成本; 委外成本; Ставка субподряда; Субподряд; Услуги сторонних';
