-- Lines that are to be launched, as loaded.
-- grain: project_id
-- project_id: project, code
-- line_id: line, code
-- sourcing: own, third_party or to_order, text
-- investment: money put in, money
-- expected_margin_share: gross margin that is expected, share
-- planned_skus: how many articles the line will have, count
-- launch_on: day of the launch, day
-- approved_on: day of the approval, empty where it is not approved, day
-- status: state of the project, text
-- _source: load that brought the row, number
-- _line: line in its file, number
select
    project_id,
    line_id,
    sourcing,
    cast(investment as double) as investment,
    cast(expected_margin_share as double) as expected_margin_share,
    cast(planned_skus as bigint) as planned_skus,
    cast(launch_on as date) as launch_on,
    cast(approved_on as date) as approved_on,
    status,
    _source,
    _line
from main.projects
