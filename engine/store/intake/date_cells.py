"""One cell of dates taken apart: its form, its numbers, its time of day; and, once the order is decided, its day.

Works on the distinct cells of a column, in SQL.
"""

_AB = "[0-9]{{1,2}}(-[0-9]{{1,2}}-|/[0-9]{{1,2}}/|[.][0-9]{{1,2}}[.])"
_YEAR_FIRST = "[0-9]{{4}}(-[0-9]{{1,2}}-|/[0-9]{{1,2}}/| [0-9]{{1,2}} |[.][0-9]{{1,2}}[.])[0-9]{{1,2}}|[0-9]{{4}}年[0-9]{{1,2}}月[0-9]{{1,2}}[日号]?"
_WEEK = "[0-9]{{4}}[- ]?(W|Q)[0-9]{{1,2}}(-[0-9])?|[0-9]{{4}}年第?[0-9]{{1,2}}[周季].*|[IV1-4]+ ?КВ.*|(W|Q)[0-9]{{1,2}}[- /]?[0-9]{{4}}"
_G = "( ?г[.]?| года)?"  # the Russian mark of a year
# form -> (pattern of the day part, whether a word of it must be a month); the first that fits counts
_FORMS = {
    "ymd": (_YEAR_FIRST, False),
    "ymd8": ("[0-9]{{8}}", False),
    "ab": (f"{_AB}[0-9]{{{{4}}}}{_G}", False),
    "ab2": (f"{_AB}[0-9]{{{{2}}}}{_G}", False),
    "year_month": ("[0-9]{{4}}([-/.][0-9]{{1,2}}|年[0-9]{{1,2}}月份?)", False),
    "month_year": (f"[0-9]{{{{1,2}}}}[-/.][0-9]{{{{4}}}}{_G}", False),
    "month6": ("(19|20|21)[0-9]{{4}}", False),
    "serial": ("[0-9]{{5}}([.,][0-9]+)?", False),
    "week": (_WEEK, False),
    "day_name_year": (f"[0-9]{{{{1,2}}}}[ .-]*[\\pL]+[ .,-]+[0-9]{{{{4}}}}{_G}", True),
    "name_day_year": ("[\\pL]+[. ]+[0-9]{{1,2}}(st|nd|rd|th)?,? +[0-9]{{4}}", True),
    "name_month": (f"[\\pL]+[ .,-]*[0-9]{{{{4}}}}{_G}|[0-9]{{{{4}}}}[ .,-]*[\\pL]+|[0-9]{{{{4}}}}年[一二三四五六七八九十]+月份?", True),
    "two_digit_year": (f"([0-9]{{{{1,2}}}}[ .-]*)?[\\pL]+[ .,-]*[0-9]{{{{2}}}}{_G}", True),
}
_JUDGED = "\n        ".join(
    f"when {'word_month is not null and ' if named else ''}regexp_full_match({'upper(d)' if form == 'week' else 'lower(d)'}, '{pattern}') then '{form}'"
    for form, (pattern, named) in _FORMS.items()
)
PARTS = f"""
create or replace temp table {{work}}_parts as
with seen as (select {{cell}} as v, count(*) as n, min(_line) as line from {{table}} where {{cell}} is not null group by {{cell}}),
clean as (select *, {{plain}} as t from seen),
timed as (
    select *, regexp_extract(
        t, '^(.*?)(?:(?:[Tt]| +)([0-9]{{{{1,2}}}}:[0-9]{{{{2}}}}(?::[0-9]{{{{2}}}})?)(?:[.,]([0-9]+))?(?: ?([AaPp][Mm]))?'
            || '( ?[Zz]| ?[+-][0-9]{{{{2}}}}:?[0-9]{{{{2}}}})?)?$',
        ['day', 'clock', 'fraction', 'half', 'zone']
    ) as part from clean
),
named as (
    select *, trim(part.day) as d, part.clock as clock, lower(part.half) as half, trim(part.zone) as zone,
        regexp_extract(lower(replace(part.day, '年', ' ')), '([\\pL一二三四五六七八九十]{{{{3,}}}}|[一二三四五六七八九十]{{{{1,2}}}}月)', 1) as word
    from timed
),
worded as (select * from named left join {{work}}_months using (word)),
formed as (
    select *, case
        when t in ({{nothing}}) then 'nothing'
        when starts_with(t, '#') then 'spreadsheet_error'
        {_JUDGED}
        else 'type' end as form,
        list_transform(regexp_extract_all(d, '[0-9]+'), lambda x: try_cast(x as integer)) as numbers
    from worded
)
select v, n, line, t, clock, half, zone, contains(d, '.') as has_points,
    case when form in ('ymd', 'ymd8') then 'ymd' when form in ('year_month', 'month_year', 'month6') then 'month' when form = 'name_month' then 'named_month'
        when form in ('day_name_year', 'name_day_year') then 'named_day' else form end as kind,
    case when form in ('ymd', 'year_month', 'name_month') then numbers[1] when form in ('month_year', 'day_name_year', 'name_day_year') then numbers[2]
        when form in ('ab', 'ab2') then numbers[3] when form = 'ymd8' then numbers[1] // 10000 when form = 'month6' then numbers[1] // 100 end as y,
    case when form in ('ymd', 'year_month') then numbers[2] when form = 'month_year' then numbers[1] when form = 'ymd8' then numbers[1] // 100 % 100
        when form = 'month6' then numbers[1] % 100 else word_month end as m,
    case when form = 'ymd' then numbers[3] when form = 'ymd8' then numbers[1] % 100 when form in ('day_name_year', 'name_day_year') then numbers[1] end as d,
    case when form in ('ab', 'ab2') then numbers[1] end as a,
    case when form in ('ab', 'ab2') then numbers[2] end as b
from formed
"""
VALUES = """
create or replace temp table {work} as
with ordered as (
    select * replace (
        case when kind <> 'ab2' then y when {order} = 'ymd' then a + 2000 else y + 2000 end as y,
        case when kind = 'ab' then if({order} = 'mdy', a, b) when kind = 'ab2' then if({order} = 'mdy', a, b) else m end as m,
        case when kind = 'ab' then if({order} = 'mdy', b, a) when kind <> 'ab2' then d when {order} = 'ymd' then y when {order} = 'mdy' then b else a end as d
    ) from {work}_parts
),
dayed as (
    select *, case
        when kind = 'serial' then date '{base}' + try_cast(floor(try_cast(replace(t, ',', '.') as double)) as integer)
        when y between 1 and 9999 and m between 1 and 12 and kind in ('month', 'named_month') and {at_months_end} then last_day(make_date(y, m, 1))
        when y between 1 and 9999 and m between 1 and 12 then try_cast(printf('%04d-%02d-%02d', y, m, coalesce(d, 1)) as date)
    end as day from ordered
),
clocked as (
    select *, case
        when kind = 'serial' then round((try_cast(replace(t, ',', '.') as double) % 1) * 86400)
        when clock = '' then 0
        when half in ('am', 'pm') then epoch(try_strptime(clock || ' ' || half, ['%I:%M:%S %p', '%I:%M %p'])::time)
        when not starts_with(clock, '24') then epoch(try_cast(clock as time))
    end as seconds,
    kind = 'ab' and {order} = 'dmy' and a <= 12 and b between 13 and 31 or kind = 'ab' and {order} = 'mdy' and b <= 12 and a between 13 and 31 as is_contrary
    from dayed
),
judged as (
    select *, case
        when kind = 'nothing' then null
        when kind in ('type', 'spreadsheet_error', 'week', 'two_digit_year') then kind
        when kind = 'ab2' and not {two_digits} then 'two_digit_year'
        when kind = 'month' and regexp_full_match(t, '[0-9]{{4}}[.]1') and not {tenth_is_shown} then 'lost_zero'
        when kind in ('month', 'named_month') and not {months_fit} then 'period'
        when is_contrary then 'order'
        when day is null then 'no_such_day'
        when year(day) not between {first} and {last} then 'year'
        when zone <> '' and seconds <> 0 then 'zone'
        when seconds is null then 'time'
    end as fault from clocked
)
select v, line, n, kind, fault, null::varchar as repair, case when fault is not null or kind = 'nothing' then null
        when {wants_time} then day + to_seconds(coalesce(seconds, 0))
        when {is_month} then date_trunc('month', day)::date
        else day end as value,
    fault is null and seconds <> 0 and not {wants_time} as drops_time, fault is null and {is_month} and d > 1 as drops_day
from judged
"""
