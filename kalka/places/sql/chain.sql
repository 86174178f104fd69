-- Each asked place and everything it lies in, nearest first.
WITH RECURSIVE up(asked, code, step) AS (
    SELECT code, code, 0 FROM places_place WHERE code IN (%s)
    UNION ALL
    SELECT up.asked, here.parent_id, up.step + 1
    FROM up JOIN places_place here ON here.code = up.code
    WHERE here.parent_id IS NOT NULL AND up.step < 12
)
SELECT up.asked, place.code, place.level, place.parent_id, place.names, place.name_status, place.iso,
       place.valid_from, place.valid_to
FROM up JOIN places_place place ON place.code = up.code
ORDER BY up.asked, up.step
