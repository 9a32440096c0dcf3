-- Our own and the dealers' sales representatives.
create table sales_reps (
    sales_rep varchar not null,
    manager varchar,
    area varchar,
    kind varchar check (kind in ('own', 'dealer')),
    trained_on date
);

comment on table sales_reps is
'Our own and the dealers'' sales representatives.
en: Sales representatives
zh: 销售人员 — 本公司和经销商的销售人员。
ru: Торговые представители — наши и дилерские торговые представители.
group: parties
key: sales_rep
names: sales_reps; sales reps; representatives; sales force; salespeople; 销售人员; 业务员; 业务员档案; 销售代表; Торговые представители; Представители; Менеджеры; Торговый персонал';

comment on column sales_reps.sales_rep is
'Name or code by which the representative is known everywhere.
en: Sales representative
zh: 业务员 — 销售人员的姓名或代码，各表一致
ru: Торговый представитель — имя или код представителя, единый во всех таблицах
unit: text
headings: sales rep; representative; salesperson; salesman; account manager; rep; 销售员; 业务代表; 销售代表; 销售人员; 客户经理; Менеджер по продажам; Менеджер; Представитель; Ответственный менеджер; Торговый агент; name; 姓名; Фамилия; ФИО; Имя';

comment on column sales_reps.manager is
'To whom the representative reports.
en: Manager
zh: 上级主管 — 其直接上级
ru: Руководитель — кому подчинён представитель
unit: text
headings: supervisor; reports to; line manager; boss; 主管; 直属上级; 经理; 区域经理; Начальник; Супервайзер; Непосредственный руководитель';

comment on column sales_reps.area is
'Area in which the representative works.
en: Area
zh: 负责片区 — 负责的片区
ru: Участок — район работы представителя
unit: text
headings: territory; region; sales area; zone; 片区; 区域; 负责区域; 销售区域; Район; Территория; Регион; Зона';

comment on column sales_reps.kind is
'Our own or a dealer''s representative.
en: Kind
zh: 人员归属 — 本公司人员或经销商人员
ru: Чей сотрудник — наш или дилерский представитель
unit: text
values: own = ours, company, employee, 自有, 本公司, 公司, 厂家, наш, свой, собственный, штатный; dealer = distributor, 经销商, 代理商, 经销商人员, дилер, дилерский, дилера
headings: type; employer; employment; kind of rep; 类型; 人员类型; 所属; 归属; Тип; Вид; Принадлежность; Работодатель';

comment on column sales_reps.trained_on is
'Day of the last training.
en: Trained on
zh: 培训日期 — 最近一次培训的日期
ru: Дата обучения — день последнего обучения
unit: day
headings: training date; last training; trained; 最近培训日期; 培训时间; Последнее обучение; Обучен; Дата тренинга';
