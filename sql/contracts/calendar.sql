-- Working days, holidays and events.
create table calendar (
    day date not null,
    is_working boolean not null,
    event varchar
);

comment on table calendar is
'Working days, holidays and events.
en: Calendar
zh: 工作日历 — 工作日、节假日和事件。
ru: Календарь — рабочие дни, праздники и события.
group: parties
key: day
dated by: day
names: calendar; working days; work calendar; holidays; 工作日历; 日历; 节假日; Календарь; Производственный календарь; Рабочие дни; Праздники';

comment on column calendar.day is
'The day.
en: Day
zh: 日期 — 日期
ru: День — день
unit: day
headings: date; calendar day; calendar date; 日历日期; 年月日; Дата; Календарный день; Число';

comment on column calendar.is_working is
'Whether people work on that day.
en: Working day
zh: 是否工作日 — 当天是否上班
ru: Рабочий день — работают ли в этот день
unit: flag
headings: working; is workday; workday; is business day; 工作日; 上班; 是否上班; Рабочий; Признак рабочего дня; Вид дня';

comment on column calendar.event is
'A festival, a closing, another event of the day.
en: Event
zh: 事件 — 节日、停工或其他事件
ru: Событие — праздник, остановка или другое событие дня
unit: text
headings: holiday; festival; note; closing; occasion; 节日; 节假日; 备注; 假日; 节庆; Праздник; Праздничный день; Примечание; Название праздника';
