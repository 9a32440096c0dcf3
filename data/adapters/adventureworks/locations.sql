-- The stock ledger knows one place.
select
    'PLANT' as location_id,
    'Plant' as location_name,
    'plant' as kind
