-- How many people work in each department in a month.
create table headcount (
    month date not null,
    department varchar not null,
    heads double not null check (heads >= 0)
);

comment on table headcount is
'How many people work in each department in a month.
en: Headcount
zh: 人员数量 — 各部门各月的人数。
ru: Численность — сколько человек работает в подразделении за месяц.
group: supply
key: month, department
dated by: month
names: headcount; staff; heads; employees; 人员数量; 人数; 员工人数; 编制; Численность; Штат; Персонал; Численность персонала';

comment on column headcount.month is
'The month, by its first day.
en: Month
zh: 月份 — 所属月份，以当月第一天表示
ru: Месяц — месяц, обозначенный первым днём
unit: month
headings: period; year month; 月度; 年月; 期间; 会计期间; 所属期间; Период; Отчётный месяц; Месяц и год';

comment on column headcount.department is
'Department of the company.
en: Department
zh: 部门 — 公司的部门
ru: Подразделение — подразделение компании
unit: text
headings: dept; unit; team; division; department name; 部门名称; 所属部门; 科室; Отдел; Наименование подразделения; Служба; Цех';

comment on column headcount.heads is
'People; part-time work may make a fraction.
en: Heads
zh: 人数 — 人数，兼职可为小数
ru: Человек — число людей; неполная занятость даёт дробь
unit: count
headings: headcount; people; employees; staff; number of employees; 员工人数; 在岗人数; 在职人数; 人员数; Численность; Количество сотрудников; Число работников; Штатных единиц';
