-- Lines that are to be launched, with what they cost and should bring.
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
select
    project_id,
    line_id,
    sourcing,
    investment,
    expected_margin_share,
    planned_skus,
    launch_on,
    approved_on,
    status
from staging.stg_projects
order by launch_on, project_id
