-- A place and everything that lies in it. UNION, not UNION ALL: it ends whatever the rows say.
WITH RECURSIVE inside(code) AS (
    SELECT code FROM places_place WHERE code = %s
    UNION
    SELECT place.code FROM places_place place JOIN inside ON place.parent_id = inside.code
)
SELECT code FROM inside
