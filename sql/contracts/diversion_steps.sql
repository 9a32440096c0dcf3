-- Which steps of a diversion case were done, when and by whom.
create table diversion_steps (
    complaint_id varchar not null,
    step varchar not null,
    done_on date,
    done_by varchar
);

comment on table diversion_steps is
'Which steps of a diversion case were done, when and by whom.
en: Diversion steps
zh: 窜货处理步骤 — 窜货案件各步骤的完成日期和人员。
ru: Этапы разбора перетоков — какие шаги разбора сделаны, когда и кем.
group: control
key: complaint_id, step
names: diversion_steps; diversion steps; case steps; diversion cases; 窜货处理步骤; 窜货处理; 流货处理; 案件进度; Этапы разбора перетоков; Ход разбора; Разбор перетоков; Шаги разбора';

comment on column diversion_steps.complaint_id is
'Number of the complaint.
en: Complaint
zh: 投诉编号 — 投诉的编号
ru: Номер жалобы — номер жалобы
unit: code
references: diversions.complaint_id
headings: complaint no; complaint number; case; case no; 投诉单号; 窜货单号; 案件编号; Жалоба; Код жалобы; Номер обращения; Номер';

comment on column diversion_steps.step is
'Name of the step.
en: Step
zh: 步骤 — 步骤的名称
ru: Шаг — название шага
unit: text
headings: stage; step name; action; procedure; 处理步骤; 环节; 阶段; 步骤名称; Этап; Название шага; Действие; Стадия';

comment on column diversion_steps.done_on is
'Day on which the step was done; empty = not yet.
en: Done on
zh: 完成日期 — 步骤完成的日期；空表示未完成
ru: Дата выполнения — день выполнения; пусто — ещё нет
unit: day
headings: done; date; completed on; completion date; 处理日期; 办结日期; 日期; Выполнено; Дата завершения; Сделано; Дата';

comment on column diversion_steps.done_by is
'Who did it.
en: Done by
zh: 处理人 — 由谁完成
ru: Кем выполнено — кто сделал
unit: text
headings: person; responsible; by; completed by; 经办人; 责任人; 负责人; 办理人; Исполнитель; Ответственный; Кто сделал';
